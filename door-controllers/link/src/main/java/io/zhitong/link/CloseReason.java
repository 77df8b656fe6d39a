package io.zhitong.link;

import io.zhitong.accessmodel.Coded;

/** Why a session ended (断开原因). */
public enum CloseReason implements Coded {
    PEER_CLOSED(1, "对端断开", "the peer closed"),
    SILENT(2, "心跳超时", "no heartbeat in time"),
    REPLACED(3, "被新连接取代", "a newer connection of the same device"),
    FAULT(4, "协议错误", "the peer broke the protocol"),
    HANDLER_FAILED(5, "处理失败", "the backend could not handle a message"),
    STOPPED(6, "本端停止", "this side stopped"),
    REVOKED(7, "证书吊销", "the certificate was revoked"),
    RENEWED(8, "证书已更换", "the device has a new certificate");

    private final int code;
    private final String chinese;
    private final String english;

    CloseReason(int code, String chinese, String english) {
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
