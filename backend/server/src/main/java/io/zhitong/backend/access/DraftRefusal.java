package io.zhitong.backend.access;

/** Why a change set goes no further (草稿拒绝原因). */
public enum DraftRefusal {
    GONE("草稿不存在或已结束", "The draft is not there, or no longer open."),
    EMPTY("草稿没有任何变更", "The draft changes nothing."),
    OWN_DRAFT("起草人不能审批自己的草稿，请由另一人审批", "Whoever drafted cannot approve: another person must."),
    SAME_HAND(
            "您的账号与起草人的账号在起草前 72 小时内或起草后由同一人开设或重设过密码，请由另一人审批",
            "Your account and a drafter's were made, or given a password, by one hand within 72 hours before the draft or after it was"
                    + " begun: another person must approve."),
    CHANGED_SINCE("草稿在您查看之后又有改动，请重新查看", "The draft was changed after you looked: look again."),
    BASE_MOVED(
            "草稿所依据的版本已不是最新，请先并入最新版本",
            "The draft began at a version that is no longer the newest: bring it up to date first."),
    FAULTS("策略有缺陷，请先修正", "The policy has faults: mend them first."),
    ROLLOUT_RUNNING(
            "上一版本仍在分步下发，请先完成或撤回", "An earlier version is still being rolled out: finish or take it back first."),
    NO_VERSION("没有这个版本", "There is no such version."),
    NO_REASON("请填写恢复或撤回的原因", "Say why you roll back or take back."),
    NO_DEVICES("所选设备不存在", "None of the chosen devices is there.");

    private final String chinese;
    private final String english;

    DraftRefusal(String chinese, String english) {
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
