import type { MerchantTexts } from './merchant-texts.ts';

export const german: MerchantTexts = {
  rejected: {
    AMOUNT_TOO_SMALL: 'Der Betrag ist kleiner, als die verbundenen Gateways annehmen können.',
    AMOUNT_TOO_LARGE: 'Der Betrag ist größer, als die verbundenen Gateways annehmen können.',
    INVALID_CURRENCY: 'Keines der verbundenen Gateways kann diese Währung annehmen.',
    INVALID_PURCHASE_TYPE:
      'Diese Zahlungen werden sofort eingezogen. Stellen Sie den Zahlungseinzug in den Einstellungen des Shops auf automatisch.',
    MERCHANT_ACCOUNT_ERROR:
      'Kein verbundenes Gateway-Konto ist nutzbar. Öffnen Sie die App und prüfen Sie die Konten.',
    CANCELLED_PAYMENT: 'Die Zahlung wurde nicht abgeschlossen.',
    PROCESSING_ERROR: 'Die Zahlung ist beim Gateway fehlgeschlagen.',
  },
  declined: {
    'order-not-paid-here': 'Diese Zahlung wurde nicht abgeschlossen, also gibt es nichts zu erstatten.',
    'more-than-paid': 'Die Erstattungen wären zusammen höher als die Zahlung.',
    'currency-differs': 'Die Erstattung lautet auf eine andere Währung als die Zahlung.',
    'amount-zero': 'Eine Erstattung von null wird nicht gesendet.',
    'amount-missing': 'Die Erstattung nennt keinen Betrag.',
    'gateway-refused': 'Das Gateway hat die Erstattung abgelehnt ({reason}). Es wurde nichts zurückgezahlt.',
    'payment-unknown': 'Diese Zahlung gibt es nicht.',
    'not-completed': 'Die Zahlung wurde nicht abgeschlossen.',
    'complete-already':
      'Die Zahlung ist abgeschlossen und lässt sich nicht mehr stornieren. Erstatten Sie sie stattdessen.',
  },
  payBackByHand:
    'Das Gateway kann nicht selbst zurückzahlen. Zahlen Sie {amount} von Hand an den Käufer zurück und bestätigen Sie es dann hier.',
  lookItUp:
    'Das Gateway wurde um die Erstattung gebeten und hat nicht geantwortet. Sehen Sie dort nach der Zahlung und entscheiden Sie dann hier.',
};
