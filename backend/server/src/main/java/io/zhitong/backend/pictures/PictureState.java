package io.zhitong.backend.pictures;

/** Whether a picture can be looked at (抓拍状态). */
public enum PictureState {
    HERE("已收到", "arrived"),
    AWAITED("尚未收到", "not here yet"),
    OVER("已过保存期限", "no longer kept");

    private final String chinese;
    private final String english;

    PictureState(String chinese, String english) {
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
