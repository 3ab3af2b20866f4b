import type { Texts } from './language.ts';

export const german: Texts = {
  shop: 'Shop',
  order: 'Bestellung',
  amount: 'Betrag',
  what: 'Für',
  summary: 'Ihre Bestellung',
  testMode: 'Testmodus: Es wird kein echtes Geld bewegt.',
  languages: 'Sprache',

  chooseTitle: 'Wie möchten Sie bezahlen?',
  chooseLead: 'Wählen Sie eine Möglichkeit. Sie können es sich danach noch anders überlegen.',
  chooseNoneTitle: 'Gerade ist keine Zahlungsart verfügbar',
  chooseNoneLead: 'Bitte versuchen Sie es in ein paar Minuten noch einmal, oder wenden Sie sich an {shop}.',
  chooseNetwork: 'Währung und Netzwerk wählen',
  payWith: 'Mit {gateway} bezahlen',
  payAnotherWay: 'Anders bezahlen',
  payAnotherWayHint: 'Nur, wenn Sie noch nichts gesendet haben.',
  payAgain: 'Noch einmal bezahlen',
  tryAgain: 'Noch einmal versuchen',
  backToShop: 'Zurück zu {shop}',
  giveUp: 'Abbrechen und zurück zu {shop}',
  aboutTeleportPay: 'Krypto und weitere Wege, die dieser Shop anbietet',
  aboutTonNft: 'Ein Telegram-Sammlerstück aus Ihrer TON-Wallet',
  aboutCryptoPay: 'Von Ihrem Crypto-Bot-Guthaben in Telegram',
  aboutCryptoPaymentCenter: 'Bitcoin, Litecoin, Ether oder USDT aus jeder Wallet',
  aboutGatenoc: 'USDT mit Bybit Pay',
  aboutXRocketPay: 'Von Ihrem xRocket-Guthaben in Telegram',
  aboutTest: 'Den ganzen Weg ohne Geld ausprobieren',

  problemDownTitle: 'Diese Zahlungsart antwortet gerade nicht',
  problemDownLead:
    'Es wurde nichts abgebucht. Versuchen Sie es noch einmal, oder bezahlen Sie auf andere Weise.',
  problemUnavailableTitle: 'Diese Zahlungsart ist für diese Bestellung nicht möglich',
  problemUnavailableLead: 'Bitte wählen Sie eine andere.',
  problemBusyTitle: 'Ihre Zahlung wird schon vorbereitet',
  problemBusyLead: 'Das dauert ein paar Sekunden. Die Seite aktualisiert sich von selbst.',

  preparingTitle: 'Ihre Zahlung wird vorbereitet',
  preparingLead: 'Das dauert ein paar Sekunden. Die Seite aktualisiert sich von selbst.',
  waitingTitle: 'Mit {gateway} bezahlen',
  waitingPageLead:
    'Die Zahlungsseite öffnet sich in einem neuen Tab. Kommen Sie danach hierher zurück: Hier sehen Sie, wenn Ihre Zahlung angekommen ist.',
  waitingBotLead:
    'Telegram öffnet sich in einem neuen Tab. Kommen Sie danach hierher zurück: Hier sehen Sie, wenn Ihre Zahlung angekommen ist.',
  continueToPage: 'Weiter zu {gateway}',
  continueToBot: 'In Telegram öffnen',
  opensInNewTab: '(öffnet einen neuen Tab)',
  waitingForPayment: 'Warten auf Ihre Zahlung.',
  waitingNft:
    'Sie bezahlen mit einem TON-Sammlerstück. Sein Wert wird bestimmt, wenn es ankommt. Ist es mehr wert als Ihre Bestellung, gibt es kein Wechselgeld.',
  sendTitle: '{amount} senden',
  sendLead: 'Senden Sie genau diesen Betrag in einer einzigen Zahlung an die Adresse unten.',
  sendAmount: 'Zu sendender Betrag',
  sendNetwork: 'Netzwerk',
  sendAddress: 'Adresse',
  sendQr: 'QR-Code der Adresse',
  sendQrAmount: 'QR-Code mit Adresse und Betrag',
  sendQrHint: 'Mit Ihrer Wallet-App scannen. Prüfen Sie den Betrag, bevor Sie senden.',
  openWallet: 'In der Wallet-App öffnen',
  copy: 'Kopieren',
  copyAmount: 'Betrag kopieren',
  copyAddress: 'Adresse kopieren',
  copied: 'Kopiert',
  wrongNetwork:
    'Senden Sie nur {asset} und nur über das Netzwerk {network}. Alles andere kann für immer verloren sein.',
  feesHint:
    'Ihre Wallet oder Börse zieht vielleicht eine Gebühr vom Betrag ab. Achten Sie darauf, dass {amount} ankommen.',
  gatewayPage: 'Oder auf der Seite von {gateway} bezahlen',
  timeLeft: 'Verbleibende Zeit',
  payBefore: 'Bezahlen Sie bis {time}.',
  minutesLeft: { one: '{count} Minute', other: '{count} Minuten' },

  seenTitle: 'Wir sehen Ihre Zahlung',
  seenLead:
    'Sie muss noch bestätigt werden, das dauert meist ein paar Minuten. Sie müssen nichts tun: Sie können diese Seite schließen, {shop} erfährt davon.',
  seenProgress: {
    one: '{received} von {required} Bestätigung',
    other: '{received} von {required} Bestätigungen',
  },

  paidTitle: 'Bezahlt. Vielen Dank!',
  paidLead: '{shop} hat Ihre Zahlung erhalten.',
  paidLeaving: 'Sie werden gleich zum Shop zurückgebracht.',
  stayHere: 'Hier bleiben',
  paidPartRefunded: 'Davon wurden {amount} erstattet.',
  paidTwice:
    'Für diese Bestellung ist eine zweite Zahlung angekommen. {shop} weiß davon und zahlt sie Ihnen zurück.',
  overpaidTitle: 'Bezahlt, sogar etwas zu viel',
  overpaidLead:
    'Ihre Bestellung ist bezahlt. Sie haben {excess} mehr gesendet als nötig: Bitten Sie {shop}, das zurückzuzahlen.',
  overpaidUnknownLead:
    'Ihre Bestellung ist bezahlt. Sie haben mehr gesendet als nötig: Bitten Sie {shop}, den Rest zurückzuzahlen.',

  underpaidTitle: 'Ein Teil des Betrags fehlt',
  underpaidRestTitle: 'Bitte senden Sie die fehlenden {rest}',
  underpaidRestLead:
    '{received} von {required} sind angekommen. Senden Sie genau den Rest an dieselbe Adresse.',
  underpaidShopLead:
    '{received} von {required} sind angekommen. {shop} weiß davon und meldet sich bei Ihnen. Bitte senden Sie vorerst nichts mehr.',
  underpaidUnknownLead:
    'Es ist weniger angekommen, als die Bestellung kostet. {shop} weiß davon und meldet sich bei Ihnen. Bitte senden Sie vorerst nichts mehr.',

  timeUpTitle: 'Die Zeit zum Bezahlen ist vorbei',
  timeUpLead:
    'Falls Sie bezahlt haben, warten Sie: Wir prüfen noch, und hier sehen Sie, wenn Ihre Zahlung gefunden ist. Bitte senden Sie nichts mehr an die alte Adresse oder Seite.',
  expiredTitle: 'Diese Zahlung ist abgelaufen',
  expiredAgainLead:
    'Es ist keine Zahlung rechtzeitig angekommen. Ihre Bestellung besteht noch: Sie können noch einmal bezahlen.',
  expiredLead:
    'Es ist keine Zahlung rechtzeitig angekommen, und die Bestellung kann nicht mehr bezahlt werden.',
  cancelledTitle: 'Die Zahlung wurde abgebrochen',
  cancelledAgainLead:
    'Es wurde nichts abgebucht. Ihre Bestellung besteht noch: Sie können noch einmal bezahlen.',
  cancelledLead: 'Es wurde nichts abgebucht, und die Bestellung kann nicht mehr bezahlt werden.',
  failedTitle: 'Die Zahlung hat nicht geklappt',
  failedAgainLead:
    'Ihre Bestellung besteht noch: Versuchen Sie es noch einmal, oder bezahlen Sie auf andere Weise.',
  failedLead: 'Die Bestellung kann nicht mehr bezahlt werden.',
  endedTitle: 'Diese Bestellung kann nicht mehr bezahlt werden',
  endedLead: 'Wenn Sie sie noch möchten, bestellen Sie bitte neu oder wenden Sie sich an {shop}.',

  lateTitle: 'Ihre Zahlung kam zu spät an',
  lateLead:
    'Sie kam, als die Zeit schon vorbei war. Ihr Geld ist nicht verloren: {shop} weiß davon, sieht es sich an und meldet sich bei Ihnen. Bitte bezahlen Sie nicht noch einmal.',
  heldTitle: 'Der Shop prüft Ihre Zahlung',
  heldLead:
    'Eine Zahlung ist angekommen, und jemand bei {shop} muss sie sich ansehen. Der Shop weiß davon und meldet sich bei Ihnen. Bitte bezahlen Sie nicht noch einmal.',
  refundedTitle: 'Ihre Zahlung wurde erstattet',
  refundedLead:
    '{amount} wurden zurückgesendet. Je nach Zahlungsart kann es dauern, bis das Geld bei Ihnen ist.',

  refreshHint: 'Diese Seite aktualisiert sich von selbst.',
  reconnecting: 'Die Verbindung wurde unterbrochen. Neuer Versuch …',
  notFoundTitle: 'Diese Seite gibt es nicht',
  notFoundLead:
    'Vielleicht ist der Link alt oder unvollständig. Bitte gehen Sie zurück zum Shop und öffnen Sie Ihre Bestellung erneut.',

  testTitle: 'Testzahlung',
  testLead:
    'Diese Seite steht für die Zahlungsseite eines Anbieters. Wählen Sie, was der Käufer tut; der Shop erfährt davon wie bei einer echten Zahlung.',
  testPay: '{amount} bezahlen',
  testPayLess: 'Zu wenig bezahlen',
  testCancel: 'Die Zahlung abbrechen',
  testExpire: 'Die Zeit ablaufen lassen',
  testBack: 'Zurück zur Zahlungsseite',
  testDone: 'Diese Testzahlung ist zu Ende. Gehen Sie zurück, um zu sehen, was der Käufer sieht.',

  answerNotNow: 'Auf diese Weise kann gerade nicht bezahlt werden. Bitte bezahlen Sie auf andere Weise.',
  answerAskShop: 'Der Shop konnte diesen Schritt nicht ausführen. Bitte wenden Sie sich an den Shop.',
  answerNothingToPay: 'Für diese Bestellung ist keine Zahlung nötig.',
  answerUnavailable:
    'Diese Zahlungsart ist für diese Bestellung nicht möglich. Bitte wählen Sie eine andere.',
  answerTooSmall: 'Der Bestellwert ist für diese Zahlungsart zu klein. Bitte wählen Sie eine andere.',
  answerTooLarge: 'Der Bestellwert ist für diese Zahlungsart zu groß. Bitte wählen Sie eine andere.',
  answerSilent:
    'Diese Zahlungsart antwortet gerade nicht. Bitte wählen Sie eine andere, oder versuchen Sie es in einer Minute noch einmal.',
  answerChoose: 'Bitte wählen Sie, wie Sie bezahlen möchten.',
  answerPaid: 'Diese Bestellung ist schon bezahlt.',
  answerSeen: 'Ihre Zahlung ist gesehen worden und wird gerade bestätigt.',
  answerPreparing: 'Ihre Zahlung wird vorbereitet. Bitte versuchen Sie es gleich noch einmal.',
  answerEnded: 'Diese Bestellung kann nicht mehr bezahlt werden. Bitte gehen Sie zurück zum Shop.',
  answerTooMany: 'Zu viele Anfragen. Bitte versuchen Sie es gleich noch einmal.',
};
