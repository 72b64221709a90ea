/*
 * What the test units that use the sample layer share
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#ifndef __WINELSP_TESTS_UTIL_TRACELSP_H
#define __WINELSP_TESTS_UTIL_TRACELSP_H

#include "util.h"

/* Runs the installer of the sample layer with arguments ("install --ifs", "remove"); it is beside this program or in the
 * system folder. Returns its exit code, 0xdead if it does not run. */
extern DWORD run_tracelsp( const WCHAR *args );

/* Installs the layer as a kind ("--ifs", "--non-ifs"), with an empty trace; it has to succeed. */
extern void install_tracelsp( const WCHAR *kind );

/* The path of that trace, of at most MAX_PATH characters. */
extern void get_trace_path( WCHAR *path );

/* The whole trace, with a 0 at its end; the caller frees it. */
extern char *read_trace(void);

/* Whether a line of this process has two texts, in this order; and the check that it has. */
extern BOOL has_line( const char *lines, const char *first, const char *second );
#define expect_line( lines, first, second ) \
    ok( has_line( lines, first, second ), "The trace has no line with \"%s\" and \"%s\".\n", first, second )

/* The sum of the bytes that the layer has moved in calls of a kind ("WSPRecv ", "WSPSend ") for this process. */
extern DWORD sum_bytes( const char *lines, const char *call );

/* For a unit's START_TEST: run_cases() with the cases "bare", "ifs" and "non_ifs". Each calls the function between
 * WSAStartup(2.2) and WSACleanup(), with the layer as that kind, in use already, or none for NULL. */
extern void run_kinds( const char *unit, void (*func)( const WCHAR *kind ) );

#endif /* __WINELSP_TESTS_UTIL_TRACELSP_H */
