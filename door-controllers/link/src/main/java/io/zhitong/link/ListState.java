package io.zhitong.link;

import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;

/** Which list a device holds, proved by its own root (名单状态). */
public record ListState(ListKind kind, ListVersion version, Hash root) {}
