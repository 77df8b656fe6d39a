package io.zhitong.backend.foundation;

/** What a backend process does (后台角色); one process may do all of it, and several may do the same. */
public enum BackendRole {
    /** 控制台: serves the pages; without it a process answers only {@code /health}. */
    CONSOLE,
    /** 网关: takes the connections of devices and enrols them. */
    GATEWAY,
    /** 工作者: consumes events, clears, closes days, compiles lists. */
    WORKER
}
