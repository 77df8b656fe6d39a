package io.zhitong.backend.estate;

import io.zhitong.accessmodel.CommunityId;
import java.util.UUID;

/** A building (楼栋). */
public record BuildingRow(CommunityId community, UUID id, String name) {}
