package io.zhitong.backend.estate;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;

/**
 * A point of a device (门点): a door, or a till.
 *
 * @param method by which a card proves itself here; NONE for a till, where the purse proves itself
 */
public record PointRow(
        CommunityId community, DeviceId device, PointId id, PointKind kind, AccessMethod method, String name) {}
