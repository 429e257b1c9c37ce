package org.metafusion.cli.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an option that names what a command writes. Every other path a command takes is read. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Written {}
