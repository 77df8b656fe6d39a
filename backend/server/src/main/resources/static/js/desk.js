// The desk: "/" jumps to the search, a click on an amount fills it in.
(function () {
  document.addEventListener('keydown', function (event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === '/' && !typing) {
      event.preventDefault();
      document.getElementById('desk-q').focus();
    }
  });
  document.addEventListener('click', function (event) {
    const amount = event.target.closest('[data-amount]');
    if (amount) {
      document.getElementById('load-yuan').value = amount.dataset.amount;
    }
  });
})();
