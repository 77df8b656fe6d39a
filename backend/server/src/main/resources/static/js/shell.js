// The shell of every page: theme switch, CSRF header for htmx, automatic log-off.
(function () {
  const themeSwitch = document.getElementById('theme-switch');
  if (themeSwitch) {
    themeSwitch.addEventListener('click', function () {
      const root = document.documentElement;
      const next = root.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
      root.setAttribute('data-bs-theme', next);
      localStorage.setItem('theme', next);
    });
  }

  function meta(name) {
    const element = document.querySelector('meta[name="' + name + '"]');
    return element ? element.content : '';
  }

  // For scripts of pages that send by fetch.
  window.zhitong = {
    csrf: function () {
      const headers = {};
      if (meta('csrf-header')) {
        headers[meta('csrf-header')] = meta('csrf-token');
      }
      return headers;
    }
  };
  document.body.addEventListener('htmx:configRequest', function (event) {
    Object.assign(event.detail.headers, window.zhitong.csrf());
  });

  const idleMinutes = Number(document.body.dataset.idleMinutes);
  if (idleMinutes > 0) {
    let last = Date.now();
    ['click', 'keydown', 'pointermove', 'scroll'].forEach(function (name) {
      addEventListener(name, function () { last = Date.now(); }, { passive: true });
    });
    setInterval(function () {
      if (Date.now() - last > idleMinutes * 60000) {
        const form = document.querySelector('form[action$="/logout"]');
        if (form) {
          form.submit();
        }
      }
    }, 10000);
  }
})();
