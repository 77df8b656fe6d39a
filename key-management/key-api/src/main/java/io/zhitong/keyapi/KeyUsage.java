package io.zhitong.keyapi;

import static io.zhitong.keyapi.KeyChain.APPLICATION;
import static io.zhitong.keyapi.KeyChain.CITY;
import static io.zhitong.keyapi.KeyChain.COMMUNITY;
import static io.zhitong.keyapi.KeyChain.DATA;
import static io.zhitong.keyapi.KeyChain.FACTORY;
import static io.zhitong.keyapi.KeyChain.PARTNER;
import static io.zhitong.keyapi.KeyOperation.AUTHENTICATE;
import static io.zhitong.keyapi.KeyOperation.HASH_DATA;
import static io.zhitong.keyapi.KeyOperation.INTO_CARD;
import static io.zhitong.keyapi.KeyOperation.INTO_SAM;
import static io.zhitong.keyapi.KeyOperation.MAC;
import static io.zhitong.keyapi.KeyOperation.PROTECT_BLOCK;
import static io.zhitong.keyapi.KeyOperation.RENEW_LEASE;
import static io.zhitong.keyapi.KeyOperation.UNWRAP_DATA;
import static io.zhitong.keyapi.KeyOperation.VERIFY;
import static io.zhitong.keyapi.KeyOperation.VERIFY_THEN_MAC;
import static io.zhitong.keyapi.KeyOperation.WRAP_DATA;
import static io.zhitong.keyapi.KeyOperation.WRAP_UNDER;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a card key is for (密钥用途), which levels lead to it and what the vault will do with it; everything else is
 * refused. A key above its card level is a master: it is derived from and, for the two usages marked
 * {@link KeyOperation#INTO_SAM}, delivered into a SAM at exactly one level above the card; nothing else.
 *
 * <p>Source: docs/keys.md, table of usages; card key types of docs/card.md.
 */
public enum KeyUsage {
    /** 39/00 of a factory-fresh card's MF. */
    TRANSPORT(1, FACTORY, 0x39, "运输密钥", "transport", WRAP_UNDER, MAC, AUTHENTICATE),
    /** 39/00 of the MF once the card is ours. */
    CARD_CONTROL(2, COMMUNITY, 0x39, "卡片主控密钥", "card control", INTO_CARD, WRAP_UNDER, MAC, AUTHENTICATE),
    /** 39/00 of the city purse. */
    PURSE_CONTROL(3, CITY, 0x39, "钱包主控密钥", "purse control", INTO_CARD, WRAP_UNDER, MAC, AUTHENTICATE),
    /** 39/00 of the access application. */
    ACCESS_CONTROL(4, COMMUNITY, 0x39, "门禁主控密钥", "access control", INTO_CARD, WRAP_UNDER, MAC, AUTHENTICATE),
    /** 39/00 of a SAM's MF and of its applications. */
    SAM_CONTROL(5, COMMUNITY, 0x39, "SAM主控密钥", "SAM control", INTO_CARD, WRAP_UNDER, MAC, AUTHENTICATE),
    /** 39/00 of the MF of a bought card of 3DES, prepared in our own workshop; becomes nobody's once the card is made. */
    BOUGHT_TRANSPORT(6, FACTORY, 0x39, "外购卡运输密钥", "bought card transport", WRAP_UNDER, AUTHENTICATE),
    /** 39/00 of a bought card's MF and purse. */
    BOUGHT_CONTROL(7, CITY, 0x39, "外购卡主控密钥", "bought card control", INTO_CARD, WRAP_UNDER),
    /** External authentication of the city purse. */
    DACK(10, CITY, 0x39, "外部认证密钥DACK", "purse external authentication", INTO_CARD, AUTHENTICATE),
    /** Line protection of the city purse's files. */
    DAMK(11, CITY, 0x36, "应用维护密钥DAMK", "purse line protection", INTO_CARD, MAC),
    /** Purchase; its city master is what a PSAM holds. */
    DPK(12, CITY, 0x3E, "消费密钥DPK", "purchase", INTO_CARD, INTO_SAM),
    /** Load and release of a grey lock: MAC1 is answered by MAC2; MAC3 of a release is verified under the session key. */
    DLK(13, CITY, 0x3F, "圈存密钥DLK", "load", INTO_CARD, VERIFY_THEN_MAC, VERIFY),
    /** TAC: verified here, never made here, never in a SAM. */
    DTK(14, CITY, 0x34, "TAC密钥DTK", "TAC", INTO_CARD, VERIFY),
    /** PIN unblock. */
    DPUK(15, CITY, 0x37, "口令解锁密钥DPUK", "PIN unblock", INTO_CARD, MAC),
    /** PIN reload. */
    DRPK(16, CITY, 0x38, "口令重装密钥DRPK", "PIN reload", INTO_CARD, MAC),
    /** Unload: MAC1 is answered by MAC2, the card's MAC3 is verified under the same session key. */
    DULK(17, CITY, 0x3D, "圈提密钥DULK", "unload", INTO_CARD, VERIFY_THEN_MAC, VERIFY),
    /** Overdraft limit. */
    DUK(18, CITY, 0x3C, "透支限额密钥DUK", "overdraft", INTO_CARD, VERIFY_THEN_MAC),
    /** External authentication of the access application. */
    ACCESS_AUTH(20, COMMUNITY, 0x39, "门禁外部认证密钥", "access external authentication", INTO_CARD, AUTHENTICATE),
    /** Line protection of the access application's files. */
    ACCESS_LINE(21, COMMUNITY, 0x36, "门禁线路保护密钥", "access line protection", INTO_CARD, MAC),
    /** Fast access; its community master is what an access SAM holds. */
    ACCESS_FAST(22, COMMUNITY, 0x3B, "门禁快速认证密钥", "fast access", INTO_CARD, INTO_SAM),
    /** Renewal of a SAM's lease. */
    SAM_LEASE(30, COMMUNITY, 0x36, "SAM租约密钥", "SAM lease", INTO_CARD, RENEW_LEASE),
    /** Line protection of a bought card's files. */
    BOUGHT_LINE(40, CITY, 0x36, "外购卡线路保护密钥", "bought card line protection", INTO_CARD, MAC),
    /** Purchase with a bought card; its city master lies in a PSAM beside that of {@link #DPK}. */
    BOUGHT_DPK(41, CITY, 0x3E, "外购卡消费密钥", "bought card purchase", INTO_CARD, INTO_SAM),
    /** Load of a bought card. */
    BOUGHT_DLK(42, CITY, 0x3F, "外购卡圈存密钥", "bought card load", INTO_CARD, VERIFY_THEN_MAC),
    /** TAC of a bought card: verified here, never made here, never in a SAM. */
    BOUGHT_DTK(43, CITY, 0x34, "外购卡TAC密钥", "bought card TAC", INTO_CARD, VERIFY),
    /** Internal authentication of a bought card at a door; its community master is what an access SAM holds. */
    BOUGHT_ACCESS(44, COMMUNITY, 0x30, "外购卡门禁密钥", "bought card access", INTO_CARD, INTO_SAM),
    /** 39/00 of an added application, which its factor names. */
    APP_CONTROL(
            50, APPLICATION, 0x39, "附加应用主控密钥", "added application control", INTO_CARD, WRAP_UNDER, MAC, AUTHENTICATE),
    /** External authentication of an added application. */
    APP_AUTH(51, APPLICATION, 0x39, "附加应用外部认证密钥", "added application external authentication", INTO_CARD, AUTHENTICATE),
    /** Line protection of an added application's files. */
    APP_LINE(52, APPLICATION, 0x36, "附加应用线路保护密钥", "added application line protection", INTO_CARD, MAC),
    /** Protects key blocks exchanged with one partner: another vault, a city, a card factory. Never on a card. */
    EXCHANGE(60, PARTNER, 0x00, "交换密钥", "exchange", PROTECT_BLOCK),
    /**
     * Wraps the data keys under which personal data and pictures lie in the database, and makes the keyed hashes by which they are
     * found. Never on a card.
     */
    PERSONAL_DATA(70, DATA, 0x00, "个人信息密钥", "personal data", WRAP_DATA, UNWRAP_DATA, HASH_DATA);

    private static final int FIRST_BOUGHT = 40;
    private static final int LAST_BOUGHT = 44;

    private final int code;
    private final KeyChain chain;
    private final int cardType;
    private final String chinese;
    private final String english;
    private final Set<KeyOperation> operations;

    KeyUsage(
            int code,
            KeyChain chain,
            int cardType,
            String chinese,
            String english,
            KeyOperation first,
            KeyOperation... more) {
        this.code = code;
        this.chain = chain;
        this.cardType = cardType;
        this.chinese = chinese;
        this.english = english;
        this.operations = EnumSet.of(first, more);
    }

    /** One byte on the wire and in the store; never reused. */
    public int code() {
        return code;
    }

    /**
     * Whether the step to the card's own key, and everything done with that key, is 3DES (docs/card.md); the steps above are
     * SM4 for every usage.
     */
    public boolean tripleDes() {
        return code >= FIRST_BOUGHT && code <= LAST_BOUGHT || this == BOUGHT_TRANSPORT || this == BOUGHT_CONTROL;
    }

    public KeyChain chain() {
        return chain;
    }

    /** Type byte of WRITE KEY (docs/card.md, file system); its low five bits must agree with the head of a wrap. */
    public int cardType() {
        return cardType;
    }

    /** Whether the vault does this with a card-level key of this usage (with a SAM-level key for INTO_SAM). */
    public boolean allows(KeyOperation operation) {
        return operations.contains(operation);
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /**
     * The usage of a code.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED} for an unknown one
     */
    public static KeyUsage of(int code) {
        for (KeyUsage usage : values()) {
            if (usage.code == code) {
                return usage;
            }
        }
        throw new KeyServiceException(KeyRefusal.MALFORMED, "unknown key usage");
    }
}
