package io.zhitong.controller.camera;

/** Why a camera gave no picture (摄像机故障). */
public enum CameraFault {
    NO_ANSWER("无应答", "no answer in time"),
    REFUSED("拒绝", "it answers, but not with a picture"),
    NOT_A_PICTURE("不是图片", "expected one whole JPEG of at most 40 million pixels"),
    TOO_LARGE("过大", "expected at most 2 MiB"),
    NOTHING_NEW("没有新图片", "no fresh picture in the folder"),
    UNTIDY("文件过多", "more than 10,000 files in the folder: let the camera or a job delete old ones");

    private final String chinese;
    private final String english;

    CameraFault(String chinese, String english) {
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
