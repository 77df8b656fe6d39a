package io.zhitong.backend.estate;

import io.zhitong.accessmodel.CommunityId;
import java.util.UUID;

/**
 * A flat or a shop (房屋).
 *
 * @param name as people say it, for example 1号楼101
 */
public record UnitRow(CommunityId community, UUID id, UUID building, String name) {}
