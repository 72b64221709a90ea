/*
 * What the tests of the base provider share
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

#ifndef __WINELSP_TESTS_UTIL_BASE_H
#define __WINELSP_TESTS_UTIL_BASE_H

#include "util.h"

/* The base provider, called as a layer calls it: nothing here goes through ws2_32. */
extern WSPPROC_TABLE base;
extern LPWSPSTARTUP base_startup;

/* What base got through its upcalls, and how those answer. The others are not there: base has no use for them. */
struct base_upcalls
{
    LONG modify_count;      /* WPUModifyIFSHandle calls */
    DWORD id;               /* its last arguments */
    SOCKET socket;
    int refuse;             /* the error with which it fails, if not 0 */
    LONG apc_count;         /* WPUQueueApc calls */
};
extern struct base_upcalls base_upcalls;

/* The upcall table whose functions record. */
extern WSPUPCALLTABLE get_base_upcall_table(void);

/* Loads the DLL from the path that the catalog has, as layers do; FALSE if that fails. */
extern BOOL load_base(void);

/* WSPStartup(2.2), which has to succeed, and fills base. */
extern void start_base(void);

/* A socket of the base entry for a family and type; it has to succeed. */
extern SOCKET base_socket( int af, int type );
extern void close_base_socket( SOCKET s );

/* The same, bound to a free port of the loopback address of the family, which is stored. INVALID_SOCKET when the
 * machine has no such address. */
extern SOCKET base_bound_socket( int af, int type, SOCKADDR_STORAGE *addr );

/* Two connected sockets of AF_INET or AF_INET6; the second one was accepted. FALSE if there is no such address. */
extern BOOL base_tcp_pair( int af, SOCKET *client, SOCKET *server );

/* Does a handle name anything? */
extern BOOL is_handle( SOCKET s );

/* Sends all of a text, and receives some bytes that have to be it. */
extern void base_send( SOCKET s, const char *text );
extern void check_received( SOCKET s, const char *text );

#endif /* __WINELSP_TESTS_UTIL_BASE_H */
