package io.zhitong.link;

import io.zhitong.accessmodel.Coded;

/** Why the backend does not take a picture (拒收图片原因). */
public enum BlobRefusal implements Coded {
    NOT_KEPT(1, "不接收图片", "no pictures are kept here"),
    TOO_LARGE(2, "长度超限", "empty, or larger than a picture may be"),
    NO_ROOM(3, "空间不足", "no room now: offer it again in a later connection"),
    OTHER_CONTENT(4, "内容与名称不符", "the bytes do not have that SHA-256");

    private final int code;
    private final String chinese;
    private final String english;

    BlobRefusal(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String chinese() {
        return chinese;
    }

    @Override
    public String english() {
        return english;
    }
}
