/*
 * What the tests of blocking hooks share
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

#ifndef __WINELSP_TESTS_UTIL_HOOK_H
#define __WINELSP_TESTS_UTIL_HOOK_H

#include "util.h"

#define BIG_SIZE 0x800000       /* more than the buffers of two sockets hold */
#define WAIT_TIME 10000         /* milliseconds that a test waits for what has to happen */

/* WSAStartup, which has to succeed. */
extern void start_version( WORD version );

/* A hook that finds no work, and checks that Winsock is blocking. */
extern INT_PTR CALLBACK hook(void);
extern unsigned int hook_calls;     /* since set_hook() */

/* Gives the calling thread the hook, which cancels in one call, counted from 1, and sets wake_event in another; 0
 * is never. */
extern void set_hook( unsigned int cancel, unsigned int wake );
extern HANDLE wake_event;

extern void set_nonblocking( SOCKET s, u_long value );

/* The error of a Winsock function that returned ret, or 0. */
extern int result( int ret );

#endif /* __WINELSP_TESTS_UTIL_HOOK_H */
