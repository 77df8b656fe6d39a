package io.zhitong.personalisation.keycard;

/** What cannot be done with a key card (密钥卡拒绝). */
public final class KeyCardRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, for the machine. */
    public enum Reason {
        NOT_BLANK("不是空白卡", "the card is not blank"),
        NO_KEY_CARD("不是密钥卡，或制作未完成", "no key card, or its making was cut off: destroy it"),
        OTHER_KIND("密钥卡种类不符", "a key card of another kind"),
        OTHER_VAULT("不是本密钥库的卡", "a card of another vault or partner"),
        WRONG_PIN("口令错误", "the PIN is wrong"),
        PIN_BLOCKED("口令已锁死，此卡作废", "the PIN is blocked for good: destroy the card"),
        BAD_PIN("口令须为 6 位数字，不得全同或连号", "expected a PIN of 6 digits, not all equal and no run"),
        FULL("卡内密钥块已满", "the card holds no more key blocks"),
        DEFECT("写入后读回不符，请作废此卡", "what was written does not read back: destroy the card");

        private final String chinese;
        private final String english;

        Reason(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }
    }

    private final Reason reason;

    KeyCardRefused(Reason reason, String detail) {
        super(reason.english() + (detail.isEmpty() ? "" : " (" + detail + ")"));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
