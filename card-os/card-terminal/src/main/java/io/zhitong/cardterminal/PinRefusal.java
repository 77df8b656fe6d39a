package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.StatusWord;

/** Why a PIN was not changed (口令未更改原因). */
public enum PinRefusal {
    NO_PURSE("此卡没有电子钱包", "the card has no purse"),
    NO_PIN("此卡没有口令", "the card has no PIN"),
    CARD_LEFT("卡片过早离开，口令未更改", "the card left too early, nothing was changed"),
    PIN_WRONG("原口令错误", "the old PIN is wrong"),
    BLOCKED("口令或密钥已锁定", "the PIN or the issuer's key is blocked"),
    HOST_REFUSED("卡片不认可发卡方密钥", "the card did not accept the issuer's MAC"),
    CARD_REFUSED("卡片拒绝", "the card refused"),
    CARD_ANSWER_MALFORMED("卡片应答异常", "the card's answer is malformed"),
    OTHER_CARD("不是同一张卡，请放回原卡", "this is another card"),
    NOT_CHANGED("确认口令未更改", "proved not changed");

    private final String zh;
    private final String en;

    PinRefusal(String zh, String en) {
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

    static PinRefusal of(CardException failure) {
        return switch (failure.reason()) {
            case REMOVED, TIMEOUT, READER_FAILED -> CARD_LEFT;
            case MALFORMED -> CARD_ANSWER_MALFORMED;
            case STATUS -> of(failure.sw());
        };
    }

    static PinRefusal of(int sw) {
        return StatusWord.of(sw).map(PinRefusal::of).orElse(CARD_REFUSED);
    }

    private static PinRefusal of(StatusWord word) {
        return switch (word) {
            case FILE_NOT_FOUND -> NO_PURSE;
            case KEY_NOT_FOUND -> NO_PIN;
            case TRIES_LEFT -> PIN_WRONG;
            case AUTHENTICATION_BLOCKED -> BLOCKED;
            case MAC_WRONG -> HOST_REFUSED;
            default -> CARD_REFUSED;
        };
    }
}
