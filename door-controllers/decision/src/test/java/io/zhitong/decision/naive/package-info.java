/** The decision a second time: plain rows, no compiling, nothing of the engine; reads the vectors and draws random estates. */
package io.zhitong.decision.naive;
