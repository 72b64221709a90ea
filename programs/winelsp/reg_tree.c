/*
 * Administration of layered providers: a part of the registry in memory
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

#include "winelsp.h"
#include "reg_tree.h"

#define MAX_KEY_NAME   256      /* characters, as the registry has it */
#define MAX_VALUE_NAME 16384

static void clear_value( struct reg_value *value )
{
    free( value->name );
    free( value->data );
}

void reg_tree_clear( struct reg_key *tree )
{
    unsigned int i;

    for (i = 0; i < tree->value_count; ++i) clear_value( &tree->values[i] );
    for (i = 0; i < tree->key_count; ++i) reg_tree_clear( &tree->keys[i] );
    free( tree->values );
    free( tree->keys );
    free( tree->name );
    memset( tree, 0, sizeof(*tree) );
}

struct reg_key *reg_tree_get_key( const struct reg_key *parent, const WCHAR *name )
{
    unsigned int i;

    for (i = 0; i < parent->key_count; ++i)
        if (!_wcsicmp( parent->keys[i].name, name )) return &parent->keys[i];
    return NULL;
}

struct reg_key *reg_tree_add_key( struct reg_key *parent, const WCHAR *name )
{
    struct reg_key *key;

    parent->keys = allocate( parent->keys, (parent->key_count + 1) * sizeof(*parent->keys) );
    key = &parent->keys[parent->key_count++];
    memset( key, 0, sizeof(*key) );
    key->name = duplicate( name );
    return key;
}

void reg_tree_remove_key( struct reg_key *parent, const WCHAR *name )
{
    struct reg_key *key = reg_tree_get_key( parent, name );

    if (!key) return;
    reg_tree_clear( key );
    --parent->key_count;
    memmove( key, key + 1, (parent->keys + parent->key_count - key) * sizeof(*key) );
}

static struct reg_value *find_value( const struct reg_key *key, const WCHAR *name )
{
    unsigned int i;

    for (i = 0; i < key->value_count; ++i)
        if (!_wcsicmp( key->values[i].name, name )) return &key->values[i];
    return NULL;
}

const struct reg_value *reg_tree_get_value( const struct reg_key *key, const WCHAR *name )
{
    return find_value( key, name );
}

void reg_tree_set_value( struct reg_key *key, const WCHAR *name, DWORD type, const void *data, DWORD size )
{
    struct reg_value *value = find_value( key, name );
    BYTE *copy = allocate( NULL, size + sizeof(WCHAR) );

    if (!value)
    {
        key->values = allocate( key->values, (key->value_count + 1) * sizeof(*key->values) );
        value = &key->values[key->value_count++];
        memset( value, 0, sizeof(*value) );
        value->name = duplicate( name );
    }
    memcpy( copy, data, size );
    /* When a string has no end, RegSetValueExW() of Wine (8.0) looks behind it, and takes a 0 there for one. */
    memset( copy + size, 0xff, sizeof(WCHAR) );
    free( value->data );
    value->type = type;
    value->size = size;
    value->data = copy;
}

void reg_tree_remove_value( struct reg_key *key, const WCHAR *name )
{
    struct reg_value *value = find_value( key, name );

    if (!value) return;
    clear_value( value );
    --key->value_count;
    memmove( value, value + 1, (key->values + key->value_count - value) * sizeof(*value) );
}

DWORD reg_tree_get_dword( const struct reg_key *key, const WCHAR *name )
{
    const struct reg_value *value = find_value( key, name );
    DWORD ret = 0;

    if (value && value->type == REG_DWORD && value->size == sizeof(ret)) memcpy( &ret, value->data, sizeof(ret) );
    return ret;
}

WCHAR *reg_tree_get_string( const struct reg_key *key, const WCHAR *name )
{
    const struct reg_value *value = find_value( key, name );
    DWORD size = value && (value->type == REG_SZ || value->type == REG_EXPAND_SZ) ? value->size : 0;
    WCHAR *ret = allocate( NULL, size + 2 * sizeof(*ret) );

    if (size) memcpy( ret, value->data, size );
    memset( (BYTE *)ret + size, 0, 2 * sizeof(*ret) );
    return ret;
}

void reg_tree_set_dword( struct reg_key *key, const WCHAR *name, DWORD value )
{
    reg_tree_set_value( key, name, REG_DWORD, &value, sizeof(value) );
}

static LSTATUS read_values( HKEY key, struct reg_key *tree )
{
    WCHAR *name = allocate( NULL, MAX_VALUE_NAME * sizeof(*name) );
    DWORD type, size, len, capacity = 1024, i = 0;
    BYTE *data = allocate( NULL, capacity );
    LSTATUS status = 0;

    while (!status)
    {
        len = MAX_VALUE_NAME;
        size = capacity;
        status = RegEnumValueW( key, i, name, &len, NULL, &type, data, &size );
        if (!status)
        {
            reg_tree_set_value( tree, name, type, data, size );
            ++i;
        }
        else if (status == ERROR_MORE_DATA)
        {
            capacity = max( size, 2 * capacity );
            data = allocate( data, capacity );
            status = 0;
        }
    }
    free( data );
    free( name );
    return status == ERROR_NO_MORE_ITEMS ? 0 : status;
}

LSTATUS reg_tree_read( HKEY key, struct reg_key *tree )
{
    WCHAR name[MAX_KEY_NAME];
    LSTATUS status;
    HKEY subkey;
    DWORD len, i;

    if ((status = read_values( key, tree ))) return status;
    for (i = 0;; ++i)
    {
        len = ARRAYSIZE(name);
        if ((status = RegEnumKeyExW( key, i, name, &len, NULL, NULL, NULL, NULL ))) break;
        if ((status = RegOpenKeyExW( key, name, 0, KEY_READ, &subkey ))) break;
        status = reg_tree_read( subkey, reg_tree_add_key( tree, name ) );
        RegCloseKey( subkey );
        if (status) break;
    }
    return status == ERROR_NO_MORE_ITEMS ? 0 : status;
}

static BOOL equal_values( const struct reg_value *a, const struct reg_value *b )
{
    return a && b && a->type == b->type && a->size == b->size && !memcmp( a->data, b->data, a->size );
}

/* Values that are right already are left alone. The others are read first, since deleting moves those behind. */
static LSTATUS write_values( HKEY key, const struct reg_key *tree )
{
    struct reg_key current = {0};
    LSTATUS status;
    unsigned int i;

    status = read_values( key, &current );
    for (i = 0; !status && i < tree->value_count; ++i)
    {
        const struct reg_value *value = &tree->values[i];

        if (!equal_values( find_value( &current, value->name ), value ))
            status = RegSetValueExW( key, value->name, 0, value->type, value->data, value->size );
    }
    for (i = 0; !status && i < current.value_count; ++i)
        if (!find_value( tree, current.values[i].name )) status = RegDeleteValueW( key, current.values[i].name );
    reg_tree_clear( &current );
    return status;
}

static LSTATUS delete_other_keys( HKEY key, const struct reg_key *tree )
{
    WCHAR name[MAX_KEY_NAME];
    LSTATUS status;
    DWORD len, i;

    if ((status = RegQueryInfoKeyW( key, NULL, NULL, NULL, &i, NULL, NULL, NULL, NULL, NULL, NULL, NULL )))
        return status;
    while (!status && i--)
    {
        len = ARRAYSIZE(name);
        if ((status = RegEnumKeyExW( key, i, name, &len, NULL, NULL, NULL, NULL ))) break;
        if (!reg_tree_get_key( tree, name )) status = RegDeleteTreeW( key, name );
    }
    return status;
}

LSTATUS reg_tree_write( HKEY key, const struct reg_key *tree )
{
    LSTATUS status;
    unsigned int i;
    HKEY subkey;

    if ((status = write_values( key, tree ))) return status;
    if ((status = delete_other_keys( key, tree ))) return status;
    for (i = 0; !status && i < tree->key_count; ++i)
    {
        if ((status = RegCreateKeyExW( key, tree->keys[i].name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &subkey, NULL )))
            break;
        status = reg_tree_write( subkey, &tree->keys[i] );
        RegCloseKey( subkey );
    }
    return status;
}
