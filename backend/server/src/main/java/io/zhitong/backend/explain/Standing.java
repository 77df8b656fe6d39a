package io.zhitong.backend.explain;

/** What the replay of a past decision has shown (重演结论). */
public enum Standing {
    AGREES("重演一致：按当时的名单，结果就是如此。", "The replay agrees: by the lists of that moment it comes out so."),
    RESTORED(
            "重演一致。现场状态不在事件里，已按设备记录的原因还原。",
            "The replay agrees. How the place stood is not in the event; it was restored from the reason the device recorded."),
    SITE(
            "单凭名单还需要现场条件；现场状态不在事件里，当时应已满足。",
            "By the lists alone something more was needed at the place. How it stood is not in the event; it must have been fulfilled."),
    UNKNOWN_SITE(
            "这次判定取决于现场状态，事件里没有记录，无法重演。",
            "This was decided by how the place stood, which the event does not carry: it cannot be replayed."),
    NOT_KEPT(
            "当时的名单已不再保存，无法重演；下面是设备自己记录的内容。",
            "The lists of that moment are no longer kept: no replay. Below is what the device recorded."),
    DIFFERS(
            "重演结果与设备的判定不同：请核对设备程序版本与名单。",
            "The replay comes out differently from what the device decided: check the device's software and lists.");

    private final String chinese;
    private final String english;

    Standing(String chinese, String english) {
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
