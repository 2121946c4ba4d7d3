// <script src="https://…/chat/widget.js" async></script> brings the chat to another site: a button in the corner that opens
// a frame. The site must be one of WEBCHAT_ORIGINS. The chat keeps its session in the frame's own storage, without cookies.

(() => {
  const source = new URL('embed', document.currentScript.src);
  const corner = 'position:fixed;right:16px;z-index:2147483000;border:0;box-shadow:0 8px 32px rgba(0,0,0,.24);';
  const frame = document.createElement('iframe');
  const button = document.createElement('button');

  frame.title = 'Khởi nghiệp Quảng Ngãi: trò chuyện với trợ lý tự động';
  frame.hidden = true;
  frame.style.cssText = `${corner}bottom:88px;width:min(400px,calc(100vw - 32px));height:min(640px,calc(100vh - 112px));border-radius:16px;background:#f2f5f4;`;

  button.type = 'button';
  button.style.cssText = `${corner}bottom:16px;min-height:56px;padding:0 24px;border-radius:28px;background:#0b6b5c;color:#fff;font:600 16px/1.2 system-ui,sans-serif;cursor:pointer;`;
  function show(open) {
    if (open && !frame.src) frame.src = source; // nothing is loaded before it is asked for
    frame.hidden = !open;
    button.textContent = open ? 'Đóng' : 'Hỏi về khởi nghiệp';
    button.setAttribute('aria-expanded', open);
    if (open) frame.focus();
  }
  button.addEventListener('click', () => show(frame.hidden));
  show(false);
  document.body.append(frame, button);
})();
