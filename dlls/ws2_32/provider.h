/*
 * Service providers of this process
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

#ifndef __WINELSP_PROVIDER_H
#define __WINELSP_PROVIDER_H

#include "catalog.h"

/* One for each ProviderId that this process has met, whatever the number of its catalog entries (§2.5 of the
 * specification digest). Never freed, so that a socket slot can name it for as long as it likes. */
struct provider
{
    WSPPROC_TABLE procs;        /* valid while running */
    struct provider *next;
    GUID guid;
    LONG state;                 /* enum provider_state */
    DWORD busy_thread;          /* that starts or stops it */
    BOOL is_base;               /* its entries have a chain length of 1 */
    HMODULE module;
};

enum provider_state
{
    PROVIDER_IDLE,
    PROVIDER_BUSY,
    PROVIDER_RUNNING,
};

/* What a request for a socket, or for an address conversion, goes to. */
struct selection
{
    struct provider *provider;
    struct catalog_entry entry;
};

/* --- provider.c --- */

/* The provider with a GUID, made when the process has not met it yet; NULL without memory. Any thread. */
extern struct provider *provider_get( const GUID *guid );

/* Loads the DLL of an entry and calls its WSPStartup, unless the provider is running. Returns 0, or
 * WSAEPROVIDERFAILEDINIT (no such DLL, no WSPStartup, it failed or crashed, or the provider asks for itself
 * in its own WSPStartup), WSAEINVALIDPROVIDER (not a 2.2 provider), WSAEINVALIDPROCTABLE (a NULL function), each
 * with a line on the winsock channel that says which DLL and why, or WSANOTINITIALISED when the last WSACleanup
 * came meanwhile. A thread that finds another one starting the same provider waits for it. No lock is held across
 * LoadLibrary or WSPStartup. */
extern int provider_start( struct provider *provider, const struct catalog_entry *entry );

/* Calls WSPCleanup of each running provider and frees its DLL, unless a thread is inside a call of some provider
 * before and after that. For the last WSACleanup only, when Winsock is not started any more. No lock is held across
 * either. */
extern void providers_stop(void);

/* Whether any provider is starting, running or stopping. Any thread; takes no lock. */
extern BOOL providers_are_started(void);

/* --- snapshot.c: the catalog as the process saw it at its first WSAStartup --- */

/* Takes the snapshot; WSAStartup calls it. Returns 0, WSA_NOT_ENOUGH_MEMORY or WSASYSNOTREADY. */
extern int snapshot_take(void);
extern void snapshot_drop(void);

/* The entry that a request goes to, with its provider, which may not be started. A chain with an element that
 * is not in the catalog is passed over. Return 0, or the error that the application gets: for a triple
 * WSAEAFNOSUPPORT, WSAESOCKTNOSUPPORT, WSAEPROTONOSUPPORT, WSAEINVAL (§2.1); for a structure WSAEINVAL; for a
 * family WSAEINVAL (§5.9). Any thread. */
extern int snapshot_select( int af, int type, int protocol, struct selection *ret );
extern int snapshot_select_info( const WSAPROTOCOL_INFOW *info, struct selection *ret );
extern int snapshot_select_family( int af, struct selection *ret );

/* A copy of the index-th entry; FALSE past the last. Any thread. */
extern BOOL snapshot_entry( unsigned int index, struct catalog_entry *ret );

/* The first entry of a provider that sockets can come from; FALSE without. Any thread. */
extern BOOL snapshot_select_provider( const struct provider *provider, struct selection *ret );

/* The index-th base entry whose sockets are kernel handles; FALSE past the last. */
extern BOOL snapshot_select_ifs_base( unsigned int index, struct selection *ret );

/* The index-th chain over a base entry whose topmost layer hands the kernel's handles on and may be loaded into this
 * process; FALSE past the last. Any thread. */
extern BOOL snapshot_select_ifs_layer( unsigned int index, DWORD base_id, struct selection *ret );

/* The provider that owns a catalog id; NULL if the snapshot has no such id. Any thread. */
extern struct provider *snapshot_provider( DWORD catalog_id );

/* Does the snapshot have a catalog id? Takes no lock for one of the ids that were asked for before. */
extern BOOL snapshot_has_id( DWORD catalog_id );

/* --- upcall.c --- */

/* The one table that every provider gets, each time. */
extern const WSPUPCALLTABLE upcall_table;

#endif /* __WINELSP_PROVIDER_H */
