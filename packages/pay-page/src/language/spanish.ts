import type { Texts } from './language.ts';

export const spanish: Texts = {
  shop: 'Tienda',
  order: 'Pedido',
  amount: 'Importe',
  what: 'Concepto',
  summary: 'Tu pedido',
  testMode: 'Modo de prueba: no se mueve dinero real.',
  languages: 'Idioma',

  chooseTitle: '¿Cómo quieres pagar?',
  chooseLead: 'Elige una opción. Después todavía puedes cambiar de idea.',
  chooseNoneTitle: 'Ahora mismo no hay ninguna forma de pago disponible',
  chooseNoneLead: 'Inténtalo de nuevo dentro de unos minutos o ponte en contacto con {shop}.',
  chooseNetwork: 'Elige una moneda y una red',
  payWith: 'Pagar con {gateway}',
  payAnotherWay: 'Pagar de otra forma',
  payAnotherWayHint: 'Solo si todavía no has enviado nada.',
  payAgain: 'Pagar de nuevo',
  tryAgain: 'Intentarlo de nuevo',
  backToShop: 'Volver a {shop}',
  giveUp: 'Cancelar y volver a {shop}',
  aboutTeleportPay: 'Criptomonedas y otras formas de pago que acepta esta tienda',
  aboutTonNft: 'Un coleccionable de Telegram desde tu monedero TON',
  aboutCryptoPay: 'Con tu saldo de Crypto Bot en Telegram',
  aboutCryptoPaymentCenter: 'Bitcoin, Litecoin, Ether o USDT desde cualquier monedero',
  aboutGatenoc: 'USDT con Bybit Pay',
  aboutXRocketPay: 'Con tu saldo de xRocket en Telegram',
  aboutTest: 'Prueba todo el recorrido sin dinero',

  problemDownTitle: 'Esta forma de pago no responde en este momento',
  problemDownLead: 'No se ha cobrado nada. Inténtalo de nuevo o elige otra forma de pago.',
  problemUnavailableTitle: 'Esta forma de pago no se puede usar para este pedido',
  problemUnavailableLead: 'Elige otra, por favor.',
  problemBusyTitle: 'Tu pago ya se está preparando',
  problemBusyLead: 'Tarda unos segundos. La página se actualiza sola.',

  preparingTitle: 'Preparando tu pago',
  preparingLead: 'Tarda unos segundos. La página se actualiza sola.',
  waitingTitle: 'Pagar con {gateway}',
  waitingPageLead:
    'La página de pago se abre en una pestaña nueva. Vuelve aquí después: esta página te avisa cuando llega tu pago.',
  waitingBotLead:
    'Telegram se abre en una pestaña nueva. Vuelve aquí después: esta página te avisa cuando llega tu pago.',
  continueToPage: 'Continuar a {gateway}',
  continueToBot: 'Abrir en Telegram',
  opensInNewTab: '(se abre en una pestaña nueva)',
  waitingForPayment: 'Esperando tu pago.',
  waitingNft:
    'Pagas con un coleccionable de TON. Se valora cuando llega. Si vale más que tu pedido, no se devuelve la diferencia.',
  sendTitle: 'Envía {amount}',
  sendLead: 'Envía exactamente este importe a la dirección de abajo, en un solo pago.',
  sendAmount: 'Importe que debes enviar',
  sendNetwork: 'Red',
  sendAddress: 'Dirección',
  sendQr: 'Código QR de la dirección',
  sendQrAmount: 'Código QR con la dirección y el importe',
  sendQrHint: 'Escanéalo con tu monedero. Comprueba el importe antes de enviar.',
  openWallet: 'Abrir en el monedero',
  copy: 'Copiar',
  copyAmount: 'Copiar importe',
  copyAddress: 'Copiar dirección',
  copied: 'Copiado',
  wrongNetwork:
    'Envía solo {asset} y solo por la red {network}. Cualquier otra cosa puede perderse para siempre.',
  feesHint:
    'Tu monedero o tu plataforma puede descontar una comisión del importe. Asegúrate de que lleguen {amount}.',
  gatewayPage: 'O paga en la página de {gateway}',
  timeLeft: 'Tiempo restante',
  payBefore: 'Paga antes de las {time}.',
  minutesLeft: { one: '{count} minuto', many: '{count} de minutos', other: '{count} minutos' },

  seenTitle: 'Ya vemos tu pago',
  seenLead:
    'Tiene que confirmarse, lo que suele tardar unos minutos. No tienes que hacer nada: puedes cerrar esta página y {shop} recibirá el aviso.',
  seenProgress: {
    one: '{received} de {required} confirmación',
    many: '{received} de {required} de confirmaciones',
    other: '{received} de {required} confirmaciones',
  },

  paidTitle: 'Pagado. ¡Gracias!',
  paidLead: '{shop} ha recibido tu pago.',
  paidLeaving: 'En un momento volverás a la tienda.',
  stayHere: 'Quedarme aquí',
  paidPartRefunded: 'De ese importe se han devuelto {amount}.',
  paidTwice: 'Ha llegado un segundo pago para este pedido. {shop} ya lo sabe y te lo devolverá.',
  overpaidTitle: 'Pagado, y un poco de más',
  overpaidLead:
    'Tu pedido está pagado. Has enviado {excess} más de lo necesario: pide a {shop} que te los devuelva.',
  overpaidUnknownLead:
    'Tu pedido está pagado. Has enviado más de lo necesario: pide a {shop} que te devuelva la diferencia.',

  underpaidTitle: 'Falta una parte del importe',
  underpaidRestTitle: 'Envía los {rest} que faltan',
  underpaidRestLead: 'Han llegado {received} de {required}. Envía exactamente el resto a la misma dirección.',
  underpaidShopLead:
    'Han llegado {received} de {required}. {shop} ya lo sabe y se pondrá en contacto contigo. Por ahora no envíes nada más, por favor.',
  underpaidUnknownLead:
    'Ha llegado menos de lo que cuesta el pedido. {shop} ya lo sabe y se pondrá en contacto contigo. Por ahora no envíes nada más, por favor.',

  timeUpTitle: 'Se ha acabado el tiempo para pagar',
  timeUpLead:
    'Si ya has pagado, espera: seguimos comprobándolo y esta página te avisa cuando se encuentre tu pago. No envíes nada más a la dirección o página anterior.',
  expiredTitle: 'Este pago ha caducado',
  expiredAgainLead: 'No llegó ningún pago a tiempo. Tu pedido sigue ahí: puedes pagar de nuevo.',
  expiredLead: 'No llegó ningún pago a tiempo y el pedido ya no se puede pagar.',
  cancelledTitle: 'El pago se ha cancelado',
  cancelledAgainLead: 'No se ha cobrado nada. Tu pedido sigue ahí: puedes pagar de nuevo.',
  cancelledLead: 'No se ha cobrado nada y el pedido ya no se puede pagar.',
  failedTitle: 'El pago no ha funcionado',
  failedAgainLead: 'Tu pedido sigue ahí: inténtalo de nuevo o elige otra forma de pago.',
  failedLead: 'El pedido ya no se puede pagar.',
  endedTitle: 'Este pedido ya no se puede pagar',
  endedLead: 'Si todavía lo quieres, haz un pedido nuevo o ponte en contacto con {shop}.',

  lateTitle: 'Tu pago llegó tarde',
  lateLead:
    'Llegó cuando ya se había acabado el tiempo. Tu dinero no se ha perdido: {shop} ya lo sabe, lo está revisando y se pondrá en contacto contigo. No pagues otra vez, por favor.',
  heldTitle: 'La tienda está revisando tu pago',
  heldLead:
    'Ha llegado un pago y una persona de {shop} tiene que revisarlo. Ya lo saben y se pondrán en contacto contigo. No pagues otra vez, por favor.',
  refundedTitle: 'Se ha reembolsado tu pago',
  refundedLead: 'Se han devuelto {amount}. Según cómo hayas pagado, pueden tardar en llegarte.',

  refreshHint: 'Esta página se actualiza sola.',
  reconnecting: 'Se ha perdido la conexión. Reconectando…',
  notFoundTitle: 'Esta página no existe',
  notFoundLead:
    'Puede que el enlace sea antiguo o esté incompleto. Vuelve a la tienda y abre tu pedido otra vez.',

  testTitle: 'Pago de prueba',
  testLead:
    'Esta página hace de pasarela de pago. Elige qué hace el comprador; la tienda recibe el mismo aviso que de una pasarela real.',
  testPay: 'Pagar {amount}',
  testPayLess: 'Pagar de menos',
  testCancel: 'Cancelar el pago',
  testExpire: 'Dejar que se acabe el tiempo',
  testBack: 'Volver a la página de pago',
  testDone: 'Este pago de prueba ha terminado. Vuelve para ver lo que ve el comprador.',

  answerNotNow: 'Ahora mismo no se puede pagar de esta forma. Elige otra forma de pago, por favor.',
  answerAskShop: 'La tienda no ha podido dar este paso. Ponte en contacto con la tienda.',
  answerNothingToPay: 'Este pedido no necesita ningún pago.',
  answerUnavailable: 'Esta forma de pago no se puede usar para este pedido. Elige otra, por favor.',
  answerTooSmall: 'El importe del pedido es demasiado bajo para esta forma de pago. Elige otra, por favor.',
  answerTooLarge: 'El importe del pedido es demasiado alto para esta forma de pago. Elige otra, por favor.',
  answerSilent:
    'Esta forma de pago no responde en este momento. Elige otra o inténtalo de nuevo dentro de un minuto.',
  answerChoose: 'Elige cómo quieres pagar.',
  answerPaid: 'Este pedido ya está pagado.',
  answerSeen: 'Ya vemos tu pago y se está confirmando.',
  answerPreparing: 'Tu pago se está preparando. Inténtalo de nuevo dentro de un momento.',
  answerEnded: 'Este pedido ya no se puede pagar. Vuelve a la tienda, por favor.',
  answerTooMany: 'Demasiadas solicitudes. Inténtalo de nuevo dentro de un momento.',
};
