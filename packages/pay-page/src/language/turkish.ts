import type { Texts } from './language.ts';

export const turkish: Texts = {
  shop: 'Mağaza',
  order: 'Sipariş',
  amount: 'Tutar',
  what: 'Açıklama',
  summary: 'Siparişiniz',
  testMode: 'Test modu: gerçek para hareketi olmaz.',
  languages: 'Dil',

  chooseTitle: 'Nasıl ödemek istersiniz?',
  chooseLead: 'Birini seçin. Daha sonra fikrinizi değiştirebilirsiniz.',
  chooseNoneTitle: 'Şu anda kullanılabilir bir ödeme yöntemi yok',
  chooseNoneLead: 'Lütfen birkaç dakika sonra tekrar deneyin veya {shop} ile iletişime geçin.',
  chooseNetwork: 'Para birimi ve ağ seçin',
  payWith: '{gateway} ile öde',
  payAnotherWay: 'Başka bir yolla öde',
  payAnotherWayHint: 'Yalnızca henüz hiçbir şey göndermediyseniz.',
  payAgain: 'Yeniden öde',
  tryAgain: 'Tekrar dene',
  backToShop: 'Mağazaya dön: {shop}',
  giveUp: 'Vazgeç ve mağazaya dön: {shop}',
  aboutTeleportPay: 'Kripto ve bu mağazanın kabul ettiği diğer yollar',
  aboutTonNft: 'TON cüzdanınızdan bir Telegram koleksiyon parçası',
  aboutCryptoPay: 'Telegram’daki Crypto Bot bakiyenizden',
  aboutCryptoPaymentCenter: 'Herhangi bir cüzdandan Bitcoin, Litecoin, Ether veya USDT',
  aboutGatenoc: 'Bybit Pay ile USDT',
  aboutXRocketPay: 'Telegram’daki xRocket bakiyenizden',
  aboutTest: 'Tüm yolu para olmadan deneyin',

  problemDownTitle: 'Bu ödeme yöntemi şu anda yanıt vermiyor',
  problemDownLead: 'Sizden para alınmadı. Tekrar deneyin veya başka bir yolla ödeyin.',
  problemUnavailableTitle: 'Bu ödeme yöntemi bu sipariş için kullanılamıyor',
  problemUnavailableLead: 'Lütfen başka bir yöntem seçin.',
  problemBusyTitle: 'Ödemeniz zaten hazırlanıyor',
  problemBusyLead: 'Bu birkaç saniye sürer. Sayfa kendiliğinden güncellenir.',

  preparingTitle: 'Ödemeniz hazırlanıyor',
  preparingLead: 'Bu birkaç saniye sürer. Sayfa kendiliğinden güncellenir.',
  waitingTitle: '{gateway} ile ödeyin',
  waitingPageLead:
    'Ödeme sayfası yeni bir sekmede açılır. Ardından buraya dönün: ödemeniz ulaştığında bu sayfada görürsünüz.',
  waitingBotLead:
    'Telegram yeni bir sekmede açılır. Ardından buraya dönün: ödemeniz ulaştığında bu sayfada görürsünüz.',
  continueToPage: '{gateway} sayfasına devam et',
  continueToBot: 'Telegram’da aç',
  opensInNewTab: '(yeni sekmede açılır)',
  waitingForPayment: 'Ödemeniz bekleniyor.',
  waitingNft:
    'Bir TON koleksiyon parçasıyla ödüyorsunuz. Değeri, ulaştığında belirlenir. Siparişinizden daha değerliyse para üstü verilmez.',
  sendTitle: '{amount} gönderin',
  sendLead: 'Tam olarak bu tutarı aşağıdaki adrese tek ödemede gönderin.',
  sendAmount: 'Gönderilecek tutar',
  sendNetwork: 'Ağ',
  sendAddress: 'Adres',
  sendQr: 'Adresin QR kodu',
  sendQrAmount: 'Adres ve tutarın QR kodu',
  sendQrHint: 'Cüzdan uygulamanızla tarayın. Göndermeden önce tutarı kontrol edin.',
  openWallet: 'Cüzdan uygulamasında aç',
  copy: 'Kopyala',
  copyAmount: 'Tutarı kopyala',
  copyAddress: 'Adresi kopyala',
  copied: 'Kopyalandı',
  wrongNetwork:
    'Yalnızca {asset} ve yalnızca {network} ağı üzerinden gönderin. Başka her şey kalıcı olarak kaybolabilir.',
  feesHint:
    'Cüzdanınız veya borsanız tutardan ücret kesebilir. Ulaşan tutarın {amount} olduğundan emin olun.',
  gatewayPage: 'Ya da {gateway} sayfasında ödeyin',
  timeLeft: 'Kalan süre',
  payBefore: 'Son ödeme saati: {time}.',
  minutesLeft: { one: '{count} dakika', other: '{count} dakika' },

  seenTitle: 'Ödemenizi görüyoruz',
  seenLead:
    'Onaylanması gerekiyor, bu genellikle birkaç dakika sürer. Bir şey yapmanız gerekmez: bu sayfayı kapatabilirsiniz, {shop} haberdar edilir.',
  seenProgress: { one: '{received} / {required} onay', other: '{received} / {required} onay' },

  paidTitle: 'Ödendi. Teşekkürler!',
  paidLead: '{shop} ödemenizi aldı.',
  paidLeaving: 'Birazdan mağazaya yönlendirileceksiniz.',
  stayHere: 'Burada kal',
  paidPartRefunded: 'Bunun {amount} tutarındaki kısmı iade edildi.',
  paidTwice: 'Bu sipariş için ikinci bir ödeme geldi. {shop} bilgilendirildi ve onu size iade edecek.',
  overpaidTitle: 'Ödendi, hatta biraz fazla',
  overpaidLead:
    'Siparişiniz ödendi. Gerekenden {excess} fazla gönderdiniz: {shop} mağazasından iadesini isteyin.',
  overpaidUnknownLead:
    'Siparişiniz ödendi. Gerekenden fazla gönderdiniz: {shop} mağazasından farkın iadesini isteyin.',

  underpaidTitle: 'Tutarın bir kısmı eksik',
  underpaidRestTitle: 'Lütfen eksik kalan {rest} tutarını gönderin',
  underpaidRestLead: '{required} tutarın {received} kadarı ulaştı. Kalanı tam olarak aynı adrese gönderin.',
  underpaidShopLead:
    '{required} tutarın {received} kadarı ulaştı. {shop} bilgilendirildi ve sizinle iletişime geçecek. Lütfen şimdilik başka bir şey göndermeyin.',
  underpaidUnknownLead:
    'Sipariş tutarından azı ulaştı. {shop} bilgilendirildi ve sizinle iletişime geçecek. Lütfen şimdilik başka bir şey göndermeyin.',

  timeUpTitle: 'Ödeme süresi doldu',
  timeUpLead:
    'Ödediyseniz bekleyin: hâlâ kontrol ediyoruz ve ödemeniz bulunduğunda bu sayfada görürsünüz. Lütfen eski adrese veya sayfaya başka bir şey göndermeyin.',
  expiredTitle: 'Bu ödemenin süresi doldu',
  expiredAgainLead: 'Zamanında bir ödeme ulaşmadı. Siparişiniz duruyor: yeniden ödeyebilirsiniz.',
  expiredLead: 'Zamanında bir ödeme ulaşmadı ve sipariş artık ödenemez.',
  cancelledTitle: 'Ödeme iptal edildi',
  cancelledAgainLead: 'Sizden para alınmadı. Siparişiniz duruyor: yeniden ödeyebilirsiniz.',
  cancelledLead: 'Sizden para alınmadı ve sipariş artık ödenemez.',
  failedTitle: 'Ödeme başarısız oldu',
  failedAgainLead: 'Siparişiniz duruyor: tekrar deneyin veya başka bir yolla ödeyin.',
  failedLead: 'Sipariş artık ödenemez.',
  endedTitle: 'Bu sipariş artık ödenemez',
  endedLead: 'Hâlâ istiyorsanız lütfen yeniden sipariş verin veya {shop} ile iletişime geçin.',

  lateTitle: 'Ödemeniz geç ulaştı',
  lateLead:
    'Süre dolduktan sonra geldi. Paranız kaybolmadı: {shop} bilgilendirildi, inceliyor ve sizinle iletişime geçecek. Lütfen tekrar ödemeyin.',
  heldTitle: 'Mağaza ödemenizi kontrol ediyor',
  heldLead:
    'Bir ödeme ulaştı ve {shop} mağazasından birinin bakması gerekiyor. Mağaza bilgilendirildi ve sizinle iletişime geçecek. Lütfen tekrar ödemeyin.',
  refundedTitle: 'Ödemeniz iade edildi',
  refundedLead: '{amount} geri gönderildi. Ödeme yönteminize göre size ulaşması biraz sürebilir.',

  refreshHint: 'Bu sayfa kendiliğinden güncellenir.',
  reconnecting: 'Bağlantı koptu. Yeniden bağlanılıyor…',
  notFoundTitle: 'Böyle bir sayfa yok',
  notFoundLead: 'Bağlantı eski veya eksik olabilir. Lütfen mağazaya dönüp siparişinizi yeniden açın.',

  testTitle: 'Test ödemesi',
  testLead:
    'Bu sayfa bir ödeme sağlayıcısının yerini tutar. Alıcının ne yapacağını seçin; mağazaya gerçek ödemedeki gibi haber verilir.',
  testPay: '{amount} öde',
  testPayLess: 'Eksik öde',
  testCancel: 'Ödemeyi iptal et',
  testExpire: 'Sürenin dolmasını bekle',
  testBack: 'Ödeme sayfasına dön',
  testDone: 'Bu test ödemesi bitti. Alıcının gördüğünü görmek için geri dönün.',

  answerNotNow: 'Şu anda bu yolla ödeme yapılamıyor. Lütfen başka bir ödeme yolu seçin.',
  answerAskShop: 'Mağaza bu adımı gerçekleştiremedi. Lütfen mağaza ile iletişime geçin.',
  answerNothingToPay: 'Bu sipariş için ödeme gerekmiyor.',
  answerUnavailable: 'Bu ödeme yöntemi bu sipariş için kullanılamıyor. Lütfen başka bir yöntem seçin.',
  answerTooSmall: 'Sipariş tutarı bu ödeme yöntemi için çok düşük. Lütfen başka bir yöntem seçin.',
  answerTooLarge: 'Sipariş tutarı bu ödeme yöntemi için çok yüksek. Lütfen başka bir yöntem seçin.',
  answerSilent:
    'Bu ödeme yöntemi şu anda yanıt vermiyor. Lütfen başka bir yöntem seçin veya bir dakika sonra tekrar deneyin.',
  answerChoose: 'Lütfen nasıl ödemek istediğinizi seçin.',
  answerPaid: 'Bu sipariş zaten ödendi.',
  answerSeen: 'Ödemeniz görüldü ve onaylanıyor.',
  answerPreparing: 'Ödemeniz hazırlanıyor. Lütfen biraz sonra tekrar deneyin.',
  answerEnded: 'Bu sipariş artık ödenemez. Lütfen mağazaya geri dönün.',
  answerTooMany: 'Çok fazla istek gönderildi. Lütfen biraz sonra tekrar deneyin.',
};
