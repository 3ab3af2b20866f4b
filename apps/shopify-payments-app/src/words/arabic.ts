import type { MerchantTexts } from './merchant-texts.ts';

export const arabic: MerchantTexts = {
  rejected: {
    AMOUNT_TOO_SMALL: 'المبلغ أصغر مما تقبله بوابات الدفع المتصلة.',
    AMOUNT_TOO_LARGE: 'المبلغ أكبر مما تقبله بوابات الدفع المتصلة.',
    INVALID_CURRENCY: 'لا تقبل أي من بوابات الدفع المتصلة هذه العملة.',
    INVALID_PURCHASE_TYPE: 'تُحصَّل هذه الدفعات فورًا. اضبط تحصيل المدفوعات على التلقائي في إعدادات المتجر.',
    MERCHANT_ACCOUNT_ERROR: 'لا يمكن استخدام أي حساب بوابة متصل. افتح التطبيق وتحقق من الحسابات.',
    CANCELLED_PAYMENT: 'لم تكتمل عملية الدفع.',
    PROCESSING_ERROR: 'فشلت عملية الدفع لدى بوابة الدفع.',
  },
  declined: {
    'order-not-paid-here': 'لم تكتمل عملية الدفع هذه، فلا يوجد ما يُسترد.',
    'more-than-paid': 'سيتجاوز مجموع المبالغ المستردة ما تم دفعه.',
    'currency-differs': 'عملة الاسترداد تختلف عن عملة الدفع.',
    'amount-zero': 'لا يُرسل استرداد بقيمة صفر.',
    'amount-missing': 'لا يذكر الاسترداد أي مبلغ.',
    'gateway-refused': 'رفضت بوابة الدفع الاسترداد ({reason}). لم يُعَد أي مبلغ.',
    'payment-unknown': 'لا توجد عملية دفع كهذه.',
    'not-completed': 'لم تكتمل عملية الدفع.',
    'complete-already': 'اكتملت عملية الدفع ولا يمكن إلغاؤها. استردّ المبلغ بدلًا من ذلك.',
  },
  payBackByHand: 'لا تستطيع بوابة الدفع إعادة المال بنفسها. أعد {amount} إلى المشتري يدويًا ثم أكّد ذلك هنا.',
  lookItUp: 'طُلب الاسترداد من بوابة الدفع ولم تُجب. راجع عملية الدفع هناك ثم قرر هنا.',
};
