"use strict";
const code = document.getElementById("code");
const copied = document.getElementById("copied");
document.getElementById("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(code.textContent);
    copied.textContent = "Đã sao chép mã.";
  } catch {
    getSelection().selectAllChildren(code);
    copied.textContent = "Mã đã được chọn, bạn giữ lâu vào mã để sao chép.";
  }
});
