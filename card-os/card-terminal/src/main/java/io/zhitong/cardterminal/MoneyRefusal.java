package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.StatusWord;

/** Why a transaction with the host did not take place (拒绝联机交易原因). */
public enum MoneyRefusal {
    NO_PURSE("此卡没有电子存折", "the card has no deposit"),
    CARD_LEFT("卡片过早离开，未交易", "the card left too early, nothing was done"),
    NOT_VALID_TODAY("卡片不在有效期内", "the card is not valid today"),
    PIN_NEEDED("需要输入卡片口令", "the card wants its PIN first"),
    PIN_WRONG("卡片口令错误", "the PIN is wrong"),
    BLOCKED("口令或密钥已锁定", "the PIN or the key is blocked"),
    CARD_MAC_WRONG("卡片校验码错误，疑似伪卡", "the card's MAC1 is wrong"),
    HOST_MAC_REFUSED("卡片不认可主机密钥", "the card did not accept the host's MAC"),
    AMOUNT_NOT_POSSIBLE("金额超出可用范围", "the new balance or limit would not fit"),
    FUNDS_TOO_LOW("余额不足", "the balance does not reach"),
    CARD_REFUSED("卡片拒绝交易", "the card refused"),
    CARD_ANSWER_MALFORMED("卡片应答异常", "the card's answer is malformed"),
    OTHER_CARD("不是同一张卡，请放回原卡", "this is another card"),
    NOT_DONE("确认未交易，请重试", "proved not done, try again"),
    PROOF_WRONG("卡片交易认证码错误，转人工核查", "the card's proof is wrong");

    private final String zh;
    private final String en;

    MoneyRefusal(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** Chinese for people. */
    public String zh() {
        return zh;
    }

    /** English for people. */
    public String en() {
        return en;
    }

    static MoneyRefusal of(CardException failure) {
        return switch (failure.reason()) {
            case REMOVED, TIMEOUT, READER_FAILED -> CARD_LEFT;
            case MALFORMED -> CARD_ANSWER_MALFORMED;
            case STATUS -> of(failure.sw());
        };
    }

    static MoneyRefusal of(int sw) {
        return StatusWord.of(sw).map(MoneyRefusal::of).orElse(CARD_REFUSED);
    }

    private static MoneyRefusal of(StatusWord word) {
        return switch (word) {
            case FILE_NOT_FOUND -> NO_PURSE;
            case FUNDS_TOO_LOW -> FUNDS_TOO_LOW;
            case SECURITY_NOT_SATISFIED -> PIN_NEEDED;
            case TRIES_LEFT -> PIN_WRONG;
            case AUTHENTICATION_BLOCKED -> BLOCKED;
            case PURSE_MAC_WRONG -> HOST_MAC_REFUSED;
            default -> CARD_REFUSED;
        };
    }
}
