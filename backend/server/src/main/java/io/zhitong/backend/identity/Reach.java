package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import java.util.List;
import java.util.Set;

/** Which communities a user sees (可见小区): asked at each request, so that whoever no longer shows itself is seen no longer. */
public interface Reach {
    /** By number; the own one only for a user of a community. */
    List<CommunityId> of(ConsoleUser user);

    /** What users above communities this one keeps, because it made the company or the city known. */
    Set<Sight> keeps(CommunityId community);
}
