import type { MerchantTexts } from './merchant-texts.ts';

export const turkish: MerchantTexts = {
  rejected: {
    AMOUNT_TOO_SMALL: 'Tutar, bağlı ödeme geçitlerinin kabul edebileceğinden küçük.',
    AMOUNT_TOO_LARGE: 'Tutar, bağlı ödeme geçitlerinin kabul edebileceğinden büyük.',
    INVALID_CURRENCY: 'Bağlı ödeme geçitlerinin hiçbiri bu para birimini kabul etmiyor.',
    INVALID_PURCHASE_TYPE:
      'Bu ödemeler anında tahsil edilir. Mağaza ayarlarında ödeme tahsilatını otomatik yapın.',
    MERCHANT_ACCOUNT_ERROR:
      'Bağlı ödeme geçidi hesaplarının hiçbiri kullanılamıyor. Uygulamayı açıp hesapları kontrol edin.',
    CANCELLED_PAYMENT: 'Ödeme tamamlanmadı.',
    PROCESSING_ERROR: 'Ödeme, ödeme geçidinde başarısız oldu.',
  },
  declined: {
    'order-not-paid-here': 'Bu ödeme tamamlanmadığı için iade edilecek bir şey yok.',
    'more-than-paid': 'İadelerin toplamı ödenenden fazla olurdu.',
    'currency-differs': 'İadenin para birimi ödemeninkinden farklı.',
    'amount-zero': 'Sıfır tutarlı iade gönderilmez.',
    'amount-missing': 'İadede tutar belirtilmemiş.',
    'gateway-refused': 'Ödeme geçidi iadeyi reddetti ({reason}). Hiçbir şey geri gönderilmedi.',
    'payment-unknown': 'Böyle bir ödeme yok.',
    'not-completed': 'Ödeme tamamlanmadı.',
    'complete-already': 'Ödeme tamamlandı ve iptal edilemez. Bunun yerine iade edin.',
  },
  payBackByHand:
    'Ödeme geçidi parayı kendisi geri gönderemez. Alıcıya {amount} tutarını elle geri ödeyin, sonra burada onaylayın.',
  lookItUp: 'Ödeme geçidinden iade istendi ve yanıt gelmedi. Ödemeye orada bakın, sonra burada karar verin.',
};
