package io.zhitong.backend.people;

import java.util.UUID;

/**
 * One person as living in one unit (住户): the row a clerk picks at the desk.
 *
 * @param initials of the name in pinyin, lower case, for the search
 */
public record Resident(PersonId person, String name, String initials, UUID unit, String unitName, ResidenceRole role) {}
