package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.StatusWord;

/** Why a purchase did not take place (拒绝消费原因). */
public enum PurchaseRefusal {
    NO_PURSE("此卡没有电子钱包", "the card has no purse"),
    CARD_LEFT("卡片过早离开，未扣款", "the card left too early, nothing was debited"),
    CARD_BLOCKED("卡片已锁定", "the card is blocked"),
    NOT_VALID_TODAY("卡片不在有效期内", "the card is not valid today"),
    BLACKLISTED("卡片已挂失或列入黑名单", "the card is on the blacklist"),
    FUNDS_TOO_LOW("余额不足", "the balance does not reach"),
    GREY_LOCKED("卡片有未结清的计量消费", "the purse is locked by a metered service"),
    PIN_NEEDED("需要输入卡片口令", "the card wants its PIN first"),
    PIN_WRONG("卡片口令错误", "the PIN is wrong"),
    PIN_BLOCKED("卡片口令已锁定", "the PIN is blocked"),
    RECORD_FORGED("卡内出入记录无效", "the record on the card is not genuine"),
    RECORD_OLD("卡内出入记录已过期，疑似复制", "the record on the card is older than the card's own count"),
    LANE_STATE("卡片出入状态不符", "the card is not inside, or inside already"),
    CARD_REFUSED("卡片拒绝交易", "the card refused"),
    CARD_ANSWER_MALFORMED("卡片应答异常", "the card's answer is malformed"),
    SAM_FAILED("PSAM 故障，请联系管理员", "the PSAM failed"),
    SAM_LEASE_OVER("PSAM 租约已到期或终端时钟有误", "the PSAM's lease is over, or the terminal's clock is wrong"),
    SAM_MAC_REFUSED("卡片不认可终端密钥", "the card did not accept the terminal's MAC"),
    CARD_MAC_WRONG("卡片校验码错误，疑似伪卡", "the card's MAC is wrong"),
    CHECK_NOT_POSSIBLE("已扣款，等待后台确认", "debited, to be confirmed by the issuer"),
    OTHER_CARD("不是同一张卡，请放回原卡", "this is another card"),
    NOT_DEBITED("确认未扣款，请重新刷卡", "proved not debited, tap again"),
    GIVEN_UP("交易未确认，转灰记录", "given up, kept as a grey record");

    private final String zh;
    private final String en;

    PurchaseRefusal(String zh, String en) {
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

    /** The meaning of a failure before the card was told to debit. */
    static PurchaseRefusal before(CardException failure) {
        return switch (failure.reason()) {
            case REMOVED, TIMEOUT, READER_FAILED -> CARD_LEFT;
            case MALFORMED -> CARD_ANSWER_MALFORMED;
            case STATUS -> of(failure.sw());
        };
    }

    /** The meaning of a PSAM's refusal to give a number; a leased one answers 6985 when its lease does not reach. */
    static PurchaseRefusal ofSam(CardException failure) {
        return failure.sw() == StatusWord.CONDITIONS_NOT_MET.value() ? SAM_LEASE_OVER : SAM_FAILED;
    }

    static PurchaseRefusal of(int sw) {
        return StatusWord.of(sw).map(PurchaseRefusal::of).orElse(CARD_REFUSED);
    }

    private static PurchaseRefusal of(StatusWord word) {
        return switch (word) {
            case FILE_NOT_FOUND -> NO_PURSE;
            case FUNDS_TOO_LOW -> FUNDS_TOO_LOW;
            case APPLICATION_BLOCKED, LOCKED_FOR_GOOD, NOT_SUPPORTED -> CARD_BLOCKED;
            case PURSE_MAC_WRONG -> SAM_MAC_REFUSED;
            case PURSE_9408 -> GREY_LOCKED;
            case TRIES_LEFT -> PIN_WRONG;
            case AUTHENTICATION_BLOCKED -> PIN_BLOCKED;
            case SECURITY_NOT_SATISFIED -> PIN_NEEDED;
            default -> CARD_REFUSED;
        };
    }
}
