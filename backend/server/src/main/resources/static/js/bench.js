// After every move of the hand the board is looked at in quick succession, so that a door is seen opening when it opens.
(function () {
  const QUICK_MILLIS = 120;
  const QUICK_FOR_MILLIS = 4000;
  let quickUntil = 0;
  let looking = false;

  function board() {
    return document.getElementById('bench-board');
  }

  // What the hand did is answered first; the answer would find no place if the board were exchanged meanwhile.
  function handIsMoving() {
    return document.querySelector('form.htmx-request') !== null;
  }

  async function look() {
    const shown = board().dataset.version;
    const answer = await fetch('/bench/board?seen=' + encodeURIComponent(shown), { headers: { 'HX-Request': 'true' } });
    if (answer.status === 200 && !answer.redirected) {
      const html = await answer.text();
      if (board().dataset.version === shown && !handIsMoving()) {
        htmx.swap(board(), html, { swapStyle: 'outerHTML' });
      }
    }
  }

  async function quickly() {
    if (looking) {
      return;
    }
    looking = true;
    while (Date.now() < quickUntil) {
      await look().catch(function () {});
      await new Promise(function (done) { setTimeout(done, QUICK_MILLIS); });
    }
    looking = false;
  }

  document.body.addEventListener('htmx:beforeRequest', function (event) {
    if (event.detail.requestConfig.verb === 'post') {
      quickUntil = Date.now() + QUICK_FOR_MILLIS;
      quickly();
    }
  });
})();
