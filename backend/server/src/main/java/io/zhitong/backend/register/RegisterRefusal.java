package io.zhitong.backend.register;

/** Why an act at the register was not done (登记未完成的原因); words are messages {@code register.refused.NAME}. */
public enum RegisterRefusal {
    UNKNOWN,
    NUMBER,
    NUMBER_TAKEN,
    NUMBER_RETIRED,
    NAME,
    PLACE,
    RETIRED,
    IN_SERVICE,
    BOARD,
    POINT_NUMBER,
    POINT_TAKEN,
    POINT_UNKNOWN,
    POINT_KIND,
    POINT_METHOD,
    TOKEN_OPEN,
    TOKEN_NONE,
    CERTIFIED,
    NOT_CERTIFIED,
    LIVES,
    HOME_TAKEN,
    BUILDING_UNKNOWN,
    UNIT_UNKNOWN,
    INITIALS,
    RESIDENT_UNKNOWN
}
