/*
 * Running a probe in every context that an upcall may come from
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

#ifndef __WINELSP_TESTS_UTIL_PROBE_H
#define __WINELSP_TESTS_UTIL_PROBE_H

#include "util.h"

/* Installs a layer, with the flags of install_layer(), and has a probe called once in each context of
 * enum testlsp_context, one after the other: the contexts up to TESTLSP_IN_DETACH in this process, TESTLSP_IN_EXIT
 * in a child of it. It is an error when the probe is not called, or does not return. The context's name is before
 * the messages of the probe. For a case of run_cases() that does nothing else: in the child, where the case runs
 * again, this does not return. */
extern void run_probe( unsigned int flags, TESTLSP_PROBE probe );

/* Installs a layer, starts it, and returns the upcalls that it got, which stay usable when it is gone. The process
 * ends when that fails. */
extern const WSPUPCALLTABLE *get_upcalls( struct test_layer *layer, unsigned int flags );

/* A socket of SOCK_STREAM or SOCK_DGRAM that no layer has to do with. */
extern SOCKET unlayered_socket( int type );

/* For probes: can sockets be made in a context? When Winsock stops, or the process ends, they cannot. */
extern BOOL can_make_sockets( enum testlsp_context context );

/* For probes, which have an int named error for lpErrno. What fails leaves a code there, and what succeeds leaves it
 * alone (§3); the thread's last error stays as it was in any case. */
#define EXPECT_FAILURE( call, failure, code ) \
    do \
    { \
        error = 0xdead; \
        SetLastError( 0xbeef ); \
        ok( (call) == (failure), #call " succeeded.\n" ); \
        ok( GetLastError() == 0xbeef, #call " changed the last error to %lu.\n", GetLastError() ); \
        ok( error == (code), #call ": got error %d, expected %d.\n", error, (int)(code) ); \
    } while (0)

#define EXPECT_SUCCESS( call ) \
    do \
    { \
        error = 0xdead; \
        SetLastError( 0xbeef ); \
        ok( (call), #call " failed, error %d.\n", error ); \
        ok( GetLastError() == 0xbeef, #call " changed the last error to %lu.\n", GetLastError() ); \
        ok( error == 0xdead, #call ": wrote error %d.\n", error ); \
    } while (0)

/* For probes: the id of a chain entry of another layer, which was installed after this process called WSAStartup. */
extern DWORD get_late_id(void);

/* Some values that no socket has, and handles that are none: closed, of this process, and of an event. They are
 * closed by free_non_sockets(). */
#define NON_SOCKET_COUNT 7
extern void make_non_sockets( SOCKET *sockets );
extern void free_non_sockets( SOCKET *sockets );

#endif /* __WINELSP_TESTS_UTIL_PROBE_H */
