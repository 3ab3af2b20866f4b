/* Keeps the thank-you page up to date. Texts come from the server, translated. */
(() => {
  const everyMs = 10000;
  const mostTimes = 180;

  function show(box, news) {
    const payAgain = box.querySelector('.gatewright-pay-again');
    box.querySelector('.gatewright-status-text').textContent = news.text;
    box.setAttribute('data-state', news.state);
    if (payAgain) {
      payAgain.hidden = !news.can_pay;
    }
  }

  /** Whether asking again can bring news; a failure of the network says nothing. */
  async function look(box) {
    try {
      const options = { credentials: 'same-origin', cache: 'no-store' };
      const response = await window.fetch(box.getAttribute('data-address'), options);
      const answer = await response.json();
      if (!answer.success) {
        return true;
      }
      show(box, answer.data);
      return answer.data.may_change;
    } catch {
      return true;
    }
  }

  function follow(box, times) {
    window.setTimeout(async () => {
      const goOn = await look(box);
      if (goOn && times < mostTimes) {
        follow(box, times + 1);
      }
    }, everyMs);
  }

  for (const box of document.querySelectorAll('.gatewright-status[data-address]')) {
    follow(box, 1);
  }
})();
