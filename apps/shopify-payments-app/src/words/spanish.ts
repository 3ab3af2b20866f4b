import type { MerchantTexts } from './merchant-texts.ts';

export const spanish: MerchantTexts = {
  rejected: {
    AMOUNT_TOO_SMALL: 'El importe es menor de lo que aceptan las pasarelas conectadas.',
    AMOUNT_TOO_LARGE: 'El importe es mayor de lo que aceptan las pasarelas conectadas.',
    INVALID_CURRENCY: 'Ninguna de las pasarelas conectadas acepta esta moneda.',
    INVALID_PURCHASE_TYPE:
      'Estos pagos se capturan al momento. Ponga la captura de pagos en automática en la configuración de la tienda.',
    MERCHANT_ACCOUNT_ERROR:
      'No se puede usar ninguna cuenta de pasarela conectada. Abra la aplicación y revise las cuentas.',
    CANCELLED_PAYMENT: 'El pago no se completó.',
    PROCESSING_ERROR: 'El pago falló en la pasarela.',
  },
  declined: {
    'order-not-paid-here': 'Este pago no se completó, así que no hay nada que reembolsar.',
    'more-than-paid': 'Los reembolsos sumarían más de lo que se pagó.',
    'currency-differs': 'El reembolso está en otra moneda que el pago.',
    'amount-zero': 'Un reembolso de cero no se envía.',
    'amount-missing': 'El reembolso no indica ningún importe.',
    'gateway-refused': 'La pasarela rechazó el reembolso ({reason}). No se devolvió nada.',
    'payment-unknown': 'No existe ese pago.',
    'not-completed': 'El pago no se completó.',
    'complete-already': 'El pago está completo y no se puede anular. Reembólselo en su lugar.',
  },
  payBackByHand:
    'La pasarela no puede devolver dinero por sí misma. Devuelva {amount} al comprador a mano y confírmelo aquí.',
  lookItUp: 'Se pidió el reembolso a la pasarela y no respondió. Mire allí el pago y decida después aquí.',
};
