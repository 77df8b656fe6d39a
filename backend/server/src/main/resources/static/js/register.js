// The sheet of an enrolment token: copy and print. The token is in the page only.
(function () {
  const copy = document.getElementById('copy');
  const token = document.getElementById('token');
  if (!copy || !token) {
    return;
  }
  copy.addEventListener('click', function () {
    token.select();
    const done = function () { copy.textContent = copy.dataset.done; };
    // Without a secure context there is no clipboard; the selected text can be copied by hand.
    if (navigator.clipboard) {
      navigator.clipboard.writeText(token.value).then(done, function () {});
    }
  });
  document.getElementById('print').addEventListener('click', function () { window.print(); });
})();
