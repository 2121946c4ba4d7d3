// Shows a person's conversation as the chosen channel would.
for (const section of document.querySelectorAll('section')) {
  const select = section.querySelector('select');
  select.selectedIndex = 0; // some browsers remember another one over a reload
  select.addEventListener('change', () => {
    section.querySelector('iframe').src = select.value;
  });
}
