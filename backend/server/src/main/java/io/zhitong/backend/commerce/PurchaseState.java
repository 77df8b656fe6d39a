package io.zhitong.backend.commerce;

/** Where a purchase stands (消费状态). */
public enum PurchaseState {
    /** Waits for the vault to check its TAC. */
    QUEUED("待验证", "waiting for the vault"),
    /** TAC right, paid to the merchant's account. */
    POSTED("已入账", "posted"),
    /** Not paid; the suspense list says why. */
    SUSPENSE("待查", "in suspense"),
    /** The card left half-way; its return or its later counter decides. */
    IN_DOUBT("灰记录", "in doubt"),
    /** Explains a number of the terminal; no money moved. */
    NOT_DEBITED("未扣款", "not debited");

    private final String chinese;
    private final String english;

    PurchaseState(String chinese, String english) {
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
