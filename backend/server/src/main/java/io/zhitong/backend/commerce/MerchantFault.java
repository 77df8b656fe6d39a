package io.zhitong.backend.commerce;

/** Why a merchant was not registered (商户未登记的原因); words are messages {@code merchants.fault.NAME}. */
public enum MerchantFault {
    CODE,
    NAME,
    /** The community has or had a merchant of this code. */
    CODE_TAKEN,
    /** There is no merchant of this code to have another till. */
    UNKNOWN,
    /** No payment terminal in service has this number. */
    TILL,
    /** It belongs to another merchant: what it still has to upload is that one's money. */
    TILL_TAKEN
}
