package io.zhitong.backend.span;

/** Why a community was not put under a company or a city (归属未变更的原因); words are messages {@code belonging.fault.NAME}. */
public enum BelongingFault {
    NAME,
    NAME_TAKEN,
    /** There is no such company. */
    OPERATOR
}
