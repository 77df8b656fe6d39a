// The desk: "/" jumps to the search, a click on an amount fills it in.
(function () {
  document.addEventListener('keydown', function (event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === '/' && !typing) {
      event.preventDefault();
      document.getElementById('desk-q').focus();
    }
  });
  // A card on the reader brings up its holder; one who is shown already stays, with what was just said to the clerk.
  document.addEventListener('htmx:beforeRequest', function (event) {
    const holder = event.target.dataset.holder;
    if (holder && document.getElementById('desk-person').dataset.person === holder) {
      event.preventDefault();
    }
  });
  document.addEventListener('click', function (event) {
    const amount = event.target.closest('[data-amount]');
    if (amount) {
      document.getElementById('load-yuan').value = amount.dataset.amount;
    }
  });
})();
