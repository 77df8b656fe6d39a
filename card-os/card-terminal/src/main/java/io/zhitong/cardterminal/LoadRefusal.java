package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.StatusWord;

/** Why a load did not take place (拒绝圈存原因). */
public enum LoadRefusal {
    NO_PURSE("此卡没有电子钱包", "the card has no purse"),
    CARD_LEFT("卡片过早离开，未充值", "the card left too early, nothing was loaded"),
    NOT_VALID_TODAY("卡片不在有效期内", "the card is not valid today"),
    PIN_NEEDED("需要输入卡片口令", "the card wants its PIN first"),
    PIN_WRONG("卡片口令错误", "the PIN is wrong"),
    BLOCKED("口令或密钥已锁定", "the PIN or the key is blocked"),
    CARD_MAC_WRONG("卡片校验码错误，疑似伪卡", "the card's MAC1 is wrong"),
    AMOUNT_TOO_LARGE("金额超出卡片上限", "the new balance would not fit"),
    CARD_REFUSED("卡片拒绝充值", "the card refused"),
    CARD_ANSWER_MALFORMED("卡片应答异常", "the card's answer is malformed"),
    OTHER_CARD("不是同一张卡，请放回原卡", "this is another card"),
    NOT_CREDITED("确认未入账，请重新充值", "proved not credited, load again"),
    TAC_WRONG("卡片交易认证码错误，转人工核查", "the card's TAC is wrong");

    private final String zh;
    private final String en;

    LoadRefusal(String zh, String en) {
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

    static LoadRefusal of(CardException failure) {
        return switch (failure.reason()) {
            case REMOVED, TIMEOUT, READER_FAILED -> CARD_LEFT;
            case MALFORMED -> CARD_ANSWER_MALFORMED;
            case STATUS -> StatusWord.of(failure.sw()).map(LoadRefusal::of).orElse(CARD_REFUSED);
        };
    }

    private static LoadRefusal of(StatusWord word) {
        return switch (word) {
            case FILE_NOT_FOUND -> NO_PURSE;
            case SECURITY_NOT_SATISFIED -> PIN_NEEDED;
            case TRIES_LEFT -> PIN_WRONG;
            case AUTHENTICATION_BLOCKED -> BLOCKED;
            default -> CARD_REFUSED;
        };
    }
}
