/* Registers the payment methods with WooCommerce Blocks. Texts come from the server, translated. */
((registry, settings, element, entities) => {
  function register(name) {
    const data = settings.getSetting(`${name}_data`, null);
    if (!data) {
      return;
    }
    const title = entities.decodeEntities(data.title);
    const content = element.createElement('div', null, entities.decodeEntities(data.description));

    registry.registerPaymentMethod({
      name: name,
      label: element.createElement('span', null, title),
      ariaLabel: title,
      content: content,
      edit: content,
      placeOrderButtonLabel: entities.decodeEntities(data.button),
      canMakePayment: (args) => {
        const offered = args ? args.paymentMethods : null;
        return !Array.isArray(offered) || offered.indexOf(name) !== -1;
      },
      supports: { features: data.supports },
    });
  }

  window.gatewrightMethods.forEach(register);
})(window.wc.wcBlocksRegistry, window.wc.wcSettings, window.wp.element, window.wp.htmlEntities);
