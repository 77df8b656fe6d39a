package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;

/** The version of the rules that lists are made from (策略版本): a bean of the module that keeps the rules. */
@FunctionalInterface
public interface PolicyVersions {
    /** 0 before the first rule. */
    long newest(CommunityId community);
}
