/* Keeps the thank-you page up to date. Texts come from the server, translated. */
(() => {
  var EVERY_MS = 10000;
  var MOST_TIMES = 180;

  function follow(box) {
    var text = box.querySelector('.gatewright-status-text');
    var payAgain = box.querySelector('.gatewright-pay-again');
    var times = 0;

    function show(news) {
      text.textContent = news.text;
      box.setAttribute('data-state', news.state);
      if (payAgain) {
        payAgain.hidden = !news.can_pay;
      }
      return news.may_change;
    }

    function ask() {
      times += 1;
      window
        .fetch(box.getAttribute('data-address'), { credentials: 'same-origin', cache: 'no-store' })
        .then((response) => response.json())
        .then((answer) => !answer.success || show(answer.data))
        .catch(() => true)
        .then((goOn) => {
          if (goOn && times < MOST_TIMES) {
            window.setTimeout(ask, EVERY_MS);
          }
        });
    }

    window.setTimeout(ask, EVERY_MS);
  }

  Array.prototype.forEach.call(document.querySelectorAll('.gatewright-status[data-address]'), follow);
})();
