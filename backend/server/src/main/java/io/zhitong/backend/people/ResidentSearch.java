package io.zhitong.backend.people;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.keyapi.KeyServiceException;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds residents by name, initials, home, or a whole telephone or identity number (住户查找). */
@Component
public class ResidentSearch {
    private static final Logger LOG = LoggerFactory.getLogger(ResidentSearch.class);

    private final People people;
    private final PersonalData data;

    ResidentSearch(People people, PersonalData data) {
        this.people = people;
        this.data = data;
    }

    /** As {@link People#search}; a number finds nobody while the vault is away. */
    public List<Resident> find(CommunityId community, LocalDate day, String text, int limit) {
        List<Resident> byNumber = byNumber(community, day, text);
        return byNumber.isEmpty() ? people.search(community, day, text, limit) : byNumber;
    }

    private List<Resident> byNumber(CommunityId community, LocalDate day, String text) {
        try {
            return data.find(community, text).stream()
                    .flatMap(person -> people.residences(community, day, person).stream())
                    .toList();
        } catch (KeyServiceException e) {
            LOG.info("nobody is found by a number, the vault does not answer: {}", e.getMessage());
            return List.of();
        }
    }
}
