package io.zhitong.personalisation;

/** A card that is not to be written (不能制卡); nothing was changed on it. */
public final class PersonalisationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, for the machine. */
    public enum Reason {
        NOT_OURS("卡片不是本厂空白卡，也不属于本小区", "the card is neither factory-fresh nor this community's"),
        ALREADY_ISSUED("卡片已发给其他人，请换一张空白卡", "the card has been issued under another number"),
        NOT_FIRST_ISSUED("模块尚未一次发卡，请先做一次发卡", "the module has not had its first issue"),
        CARD_DEFECT("成品卡验证失败，请作废此卡", "the finished card does not verify");

        private final String zh;
        private final String en;

        Reason(String zh, String en) {
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
    }

    private final Reason reason;

    PersonalisationRefused(Reason reason, String detail) {
        super(reason.en() + (detail.isEmpty() ? "" : ": " + detail));
        this.reason = reason;
    }

    /** Why, for the machine. */
    public Reason reason() {
        return reason;
    }
}
